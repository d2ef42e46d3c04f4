// SPDX-License-Identifier: Apache-2.0
// When a package fails: one bar per restricted assumption, on the whole range that was explored.

import { scaleLinear } from "d3-scale";
import { el, fitted, image, line, text, textWidth } from "../draw";
import { count } from "../fmt";
import type { BoxLimit, Brief } from "../types";

const rowHeight = 58;

export function drawBox(host: HTMLElement, brief: Brief, width: number): void {
  const limits = brief.exploration?.box?.limits ?? [];
  if (!limits.length) return;
  const svg = image(host, width, limits.length * rowHeight + 4);
  limits.forEach((limit, i) => drawLimit(svg, limit, i * rowHeight, width));
  host.replaceChildren(svg);
}

function drawLimit(svg: SVGElement, limit: BoxLimit, top: number, width: number): void {
  const ends = [short(limit.from), short(limit.to)] as const;
  const left = 4 + textWidth(ends[0], 11.5);
  const right = width - textWidth(ends[1], 11.5) - 12;
  const x = scaleLinear([limit.from, limit.to], [left + 6, right]);
  const y = top + 42;
  const from = x(limit.low ?? limit.from);
  const to = x(limit.high ?? limit.to);
  const bound = boundOf(limit);
  const boundWidth = textWidth(bound, 12, 600);
  svg.append(text(0, top + 14, fitted(limit.unit ? `${limit.name}, ${limit.unit}` : limit.name, 12, width - boundWidth - 16, 600), "row-name"),
    text(width, top + 14, bound, "bound", "end"),
    text(left, y + 4, ends[0], "tick", "end"), text(right + 6, y + 4, ends[1], "tick"),
    line(left + 6, y, right, y, "range"), el("rect", { x: from, y: y - 8, width: Math.max(2, to - from), height: 16, class: "box-bar" }));
}

function boundOf({ low, high }: BoxLimit): string {
  if (low !== null && high !== null) return `${short(low)} to ${short(high)}`;
  return low !== null ? `above ${short(low)}` : high !== null ? `below ${short(high)}` : "any";
}

function short(value: number): string {
  return Math.abs(value) >= 100 ? count(value) : String(Number(value.toPrecision(2))).replace("-", "\u2212");
}
