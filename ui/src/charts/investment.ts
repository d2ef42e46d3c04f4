// SPDX-License-Identifier: Apache-2.0
// What is bought by year, kind and stretch, on the strip map's own axis.

import { scaleLinear } from "d3-scale";
import { el, fitted, line, text, textWidth } from "../draw";
import { count, millions } from "../fmt";
import type { Brief } from "../types";
import { minimumWidth, stripLeft } from "./strip";

const rowHeight = 18;
const betweenYears = 7;
const head = 22;

type Purchase = NonNullable<Brief["plan"]["investment"]>["purchases"][number];

const kindWidth = 64;
const cellOf = (at: Pick<Purchase, "year" | "kind" | "stretch">) => `${at.year}/${at.kind}/${at.stretch}`;

/** Kinds, the one on which most is spent first. */
function kindsByCost(purchases: Purchase[]): string[] {
  const cost = new Map<string, number>();
  for (const purchase of purchases) cost.set(purchase.kind, (cost.get(purchase.kind) ?? 0) + purchase.cost);
  return [...cost].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([kind]) => kind);
}

export function drawInvestment(host: HTMLElement, brief: Brief, hostWidth: number): void {
  const plan = brief.plan.investment;
  if (!plan?.years.length || !brief.stretches.length) return;
  const width = Math.max(hostWidth, minimumWidth);
  const { stretches } = brief;
  const x = scaleLinear([stretches[0]!.from, stretches[stretches.length - 1]!.to], [stripLeft, width - 8]);
  const kinds = kindsByCost(plan.purchases);
  const yearHeight = kinds.length * rowHeight + betweenYears;
  const bottom = head + plan.years.length * yearHeight - betweenYears;
  const svg = el("svg", { role: "img", "aria-labelledby": host.dataset.alt ?? "", width, height: bottom + 26, viewBox: `0 0 ${width} ${bottom + 26}` });
  const bought = new Map(plan.purchases.map((purchase) => [cellOf(purchase), purchase]));
  const most = Math.max(0.01, ...plan.purchases.map((purchase) => purchase.cost));
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
    const top = head + i * yearHeight;
    const total = plan.purchases.filter((purchase) => purchase.year === year).reduce((sum, purchase) => sum + purchase.cost, 0);
    svg.append(text(0, top + 13, String(year), "row-name"), text(0, top + 13 + rowHeight, `${millions(total)} M$`, "tick"));
    kinds.forEach((kind, k) => {
      const y = top + k * rowHeight;
      svg.append(text(stripLeft - 6, y + 13, fitted(kind, 11.5, kindWidth), "tick", "end"));
      for (const stretch of stretches) {
        const purchase = bought.get(cellOf({ year, kind, stretch: stretch.id }));
        const from = x(stretch.from);
        const cell = x(stretch.to) - from;
        const strength = purchase ? Math.min(3, 1 + Math.floor((purchase.cost / most) * 2.999)) : 0;
        svg.append(el("rect", { x: from + 0.5, y: y + 0.5, width: Math.max(1, cell - 1), height: rowHeight - 1, class: `spend b${strength}` }));
        const label = purchase ? count(purchase.units) : "";
        if (label && textWidth(label, 11.5) + 2 <= cell) svg.append(text(from + cell / 2, y + 13, label, `cell-text on-b${strength}`, "middle"));
      }
    });
  });
  svg.append(line(x.range()[0]!, bottom + 2, x.range()[1]!, bottom + 2, "axis"));
  for (const km of x.ticks(8).slice(0, -1)) svg.append(text(x(km), bottom + 18, km === 0 ? "0 km" : count(km), "tick", km === 0 ? "start" : "middle"));
  host.replaceChildren(svg);
}
