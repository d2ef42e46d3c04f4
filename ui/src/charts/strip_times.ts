// SPDX-License-Identifier: Apache-2.0
// Below the strip: the same incidents by year, on the same chainage axis.

import { scaleLinear, type ScaleLinear } from "d3-scale";
import { el, line, text, textWidth } from "../draw";
import { count, monthIndex } from "../fmt";
import { Labels } from "../place";
import type { Incident } from "../types";

/** Draws from y downwards and returns the lower edge. */
export function drawTimes(svg: SVGElement, incidents: Incident[], x: ScaleLinear<number, number>, y: number): number {
  const years = incidents.map((incident) => monthIndex(incident.date) / 12);
  if (!years.length) return y;
  const first = Math.floor(Math.min(...years));
  const last = Math.floor(Math.max(...years)) + 1;
  const height = Math.min(130, Math.max(60, (last - first) * 8));
  const time = scaleLinear([first, last], [y + 8, y + 8 + height]);
  const [left, right] = x.range() as [number, number];

  svg.append(text(0, y + 20, "When", "row-name"), text(0, y + 35, "number: killed", "row-note"));
  const every = Math.max(1, Math.ceil((last - first) / (height / 24)));
  for (let year = Math.ceil(first / every) * every; year <= last; year += every) {
    svg.append(line(left, time(year), right, time(year), "grid"));
    if (year < last) svg.append(text(left - 8, time(year + Math.min(0.5, every / 2)) + 4, String(year), "tick", "end"));
  }

  const labels = new Labels({ x: left, y: y, width: right - left, height: height + 16 });
  const radius = incidents.length <= 60 ? 5 : 2.6;
  incidents.forEach((incident, i) => {
    const at = { x: x(incident.km!), y: time(years[i]!) };
    labels.reserve({ x: at.x - radius, y: at.y - radius, width: 2 * radius, height: 2 * radius });
    svg.append(el("g", {}, el("title", {}, incident.label),
      el("circle", { cx: at.x, cy: at.y, r: radius, class: incident.armed ? "armed" : "other" })));
  });
  incidents.forEach((incident, i) => {
    if (!incident.deaths) return;
    const label = count(incident.deaths);
    const box = labels.place(x(incident.km!), time(years[i]!), textWidth(label, 12, 600) + 2, 13, [radius + 3]);
    if (box) svg.append(text(box.x + 1, box.y + 11, label, "killed"));
  });
  return y + height + 20;
}
