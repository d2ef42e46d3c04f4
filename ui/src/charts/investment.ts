// SPDX-License-Identifier: Apache-2.0
// Spending by stretch and year on the strip map's own axis.

import { scaleLinear } from "d3-scale";
import { el, line, text, textWidth } from "../draw";
import { count, millions } from "../fmt";
import type { Brief } from "../types";
import { minimumWidth, stripLeft } from "./strip";

const rowHeight = 28;
const head = 22;

export function drawInvestment(host: HTMLElement, brief: Brief, hostWidth: number): void {
  const plan = brief.plan.investment;
  if (!plan?.years.length || !brief.stretches.length) return;
  const width = Math.max(hostWidth, minimumWidth);
  const { stretches } = brief;
  const x = scaleLinear([stretches[0]!.from, stretches[stretches.length - 1]!.to], [stripLeft, width - 8]);
  const bottom = head + plan.years.length * rowHeight;
  const svg = el("svg", { role: "img", "aria-labelledby": host.dataset.alt ?? "", width, height: bottom + 26, viewBox: `0 0 ${width} ${bottom + 26}` });
  const spent = (stretch: string, year: number) => plan.purchases
    .filter((purchase) => purchase.stretch === stretch && purchase.year === year).reduce((sum, purchase) => sum + purchase.cost, 0);
  const most = Math.max(0.01, ...plan.years.flatMap((year) => stretches.map((stretch) => spent(stretch.id, year))));
  let free = -Infinity;
  for (const stretch of stretches) {
    const label = stretch.id.replace(/^\D+0*/, "") || stretch.id;
    const middle = x((stretch.from + stretch.to) / 2);
    const half = textWidth(label, 11) / 2;
    if (middle - half < free) continue;
    free = middle + half + 3;
    svg.append(text(middle, 14, label, "stretch-id", "middle"));
  }
  plan.years.forEach((year, i) => {
    const y = head + i * rowHeight;
    const total = stretches.reduce((sum, stretch) => sum + spent(stretch.id, year), 0);
    svg.append(text(0, y + 18, String(year), "row-name"), text(stripLeft - 10, y + 18, `${millions(total)} M$`, "tick", "end"));
    for (const stretch of stretches) {
      const cost = spent(stretch.id, year);
      const from = x(stretch.from);
      const cell = x(stretch.to) - from;
      const strength = cost === 0 ? 0 : Math.min(3, 1 + Math.floor((cost / most) * 2.999));
      svg.append(el("rect", { x: from + 0.5, y: y + 1, width: Math.max(1, cell - 1), height: rowHeight - 3, class: `spend b${strength}` }));
      const label = millions(cost);
      if (cost > 0 && textWidth(label, 11.5) + 2 <= cell) svg.append(text(from + cell / 2, y + 18, label, `cell-text on-b${strength}`, "middle"));
    }
  });
  svg.append(line(x.range()[0]!, bottom + 2, x.range()[1]!, bottom + 2, "axis"));
  for (const km of x.ticks(8).slice(0, -1)) svg.append(text(x(km), bottom + 18, km === 0 ? "0 km" : count(km), "tick", km === 0 ? "start" : "middle"));
  host.replaceChildren(svg);
}
