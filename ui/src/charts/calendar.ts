// SPDX-License-Identifier: Apache-2.0
// Joint exercises by month: who takes part, and where.

import { scaleLinear } from "d3-scale";
import { el, fitted, image, line, text } from "../draw";
import { monthIndex, monthName, yearOf } from "../fmt";
import type { Brief } from "../types";

const rowHeight = 38;
const head = 36;

export function drawCalendar(host: HTMLElement, brief: Brief, width: number): void {
  const exercises = brief.plan.calendar?.exercises ?? [];
  if (!exercises.length) return;
  const months = exercises.map((exercise) => monthIndex(exercise.month));
  const first = Math.floor(Math.min(...months) / 12) * 12;
  const last = Math.ceil((Math.max(...months) + 1) / 12) * 12;
  const left = Math.min(190, width * 0.34);
  const x = scaleLinear([first, last], [left, width - 6]);
  const height = head + exercises.length * rowHeight;
  const svg = image(host, width, height + 4);
  const every = x(first + 1) - x(first) < 26 ? 3 : 1;
  for (let month = first; month < last; ++month) {
    if (month % 12 === 0) svg.append(text(x(month) + 3, 13, String(yearOf(month)), "row-name"));
    if (month % every === 0) svg.append(line(x(month), head - 4, x(month), height, "grid"), text(x(month) + 3, 29, monthName(month), "tick"));
  }
  exercises.forEach((exercise, i) => {
    const y = head + i * rowHeight;
    const at = monthIndex(exercise.month);
    svg.append(text(0, y + 14, fitted(exercise.region, 12, left - 8, 600), "row-name"), text(0, y + 29, fitted(exercise.members.join(", "), 12, left - 8), "row-note"),
      el("rect", { x: x(at) + 1, y: y + 6, width: Math.max(3, x(at + 1) - x(at) - 2), height: 24, class: "spend b3" }));
  });
  host.replaceChildren(svg);
}
