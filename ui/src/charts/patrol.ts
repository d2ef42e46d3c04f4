// SPDX-License-Identifier: Apache-2.0
// How often each stretch is patrolled, on the strip map's own axis.

import { scaleLinear } from "d3-scale";
import { el, line, text } from "../draw";
import { count, percent } from "../fmt";
import type { Brief } from "../types";
import { minimumWidth, stripLeft } from "./strip";

const height = 128;
const bottom = 98;

export function drawPatrol(host: HTMLElement, brief: Brief, hostWidth: number): void {
  const cover = new Map((brief.plan.patrol?.cover ?? []).map((entry) => [entry.stretch, entry.cover]));
  if (!cover.size || !brief.stretches.length) return;
  const width = Math.max(hostWidth, minimumWidth);
  const { stretches } = brief;
  const x = scaleLinear([stretches[0]!.from, stretches[stretches.length - 1]!.to], [stripLeft, width - 8]);
  const y = scaleLinear([0, 1], [bottom, 12]);
  const svg = el("svg", { role: "img", "aria-labelledby": host.dataset.alt ?? "", width, height, viewBox: `0 0 ${width} ${height}` });
  svg.append(text(0, 52, "Patrolled", "row-name"), text(0, 67, "chance a day", "row-note"));
  for (const tick of [0, 0.5, 1])
    svg.append(line(stripLeft, y(tick), width - 8, y(tick), tick === 0 ? "axis" : "grid"), text(stripLeft - 6, y(tick) + 4, tick === 1 ? "100%" : tick === 0 ? "0" : percent(tick), "tick", "end"));
  for (const stretch of stretches) {
    const share = cover.get(stretch.id) ?? 0;
    const from = x(stretch.from);
    svg.append(el("rect", { x: from + 0.5, y: y(share), width: Math.max(1, x(stretch.to) - from - 1), height: bottom - y(share), class: "spend b2" }));
  }
  for (const km of x.ticks(8).slice(0, -1)) svg.append(text(x(km), bottom + 18, km === 0 ? "0 km" : count(km), "tick", km === 0 ? "start" : "middle"));
  host.replaceChildren(svg);
}
