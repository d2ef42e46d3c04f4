// SPDX-License-Identifier: Apache-2.0
// Monthly deaths of each country of the theatre, on one shared log(1 + n) scale.

import { scaleLinear, scaleSymlog } from "d3-scale";
import { el, fitted, hatching, image, line, text, textWidth } from "../draw";
import { count, monthIndex } from "../fmt";
import type { Brief, Country } from "../types";

const panelHeight = 112;
const gap = 26;

export function drawRecord(host: HTMLElement, brief: Brief, width: number): void {
  const { records } = brief;
  if (!records.length) return;
  const columns = width < 560 ? 1 : width < 800 ? 2 : 3;
  const panelWidth = (width - (columns - 1) * 32) / columns;
  const lines = Math.ceil(records.length / columns);
  const svg = image(host, width, lines * (panelHeight + gap) + 4);
  svg.append(el("defs", {}, hatching("record-none")));
  const start = Math.min(...records.map((country) => monthIndex(country.first)));
  const end = Math.max(...records.map((country) => monthIndex(country.first) + country.deaths.length));
  const most = Math.max(10, ...records.flatMap((country) => country.deaths.map((n) => n ?? 0)));
  records.forEach((country, i) => {
    const panel = el("g", {
      transform: `translate(${(i % columns) * (panelWidth + 32)},${Math.floor(i / columns) * (panelHeight + gap)})`,
    });
    drawCountry(panel, country, start, end, most, panelWidth);
    svg.append(panel);
  });
  host.replaceChildren(svg);
}

function drawCountry(panel: SVGElement, country: Country, start: number, end: number, most: number, width: number): void {
  const left = 50;
  const top = 24;
  const bottom = panelHeight;
  const x = scaleLinear([start, end], [left, width - 4]);
  const y = scaleSymlog([0, most], [bottom, top]).constant(1);
  const peak = peakOf(country);
  const room = width - left - textWidth(peak, 11.5) - 16;
  panel.append(text(left, 14, fitted(country.name, 12, room, 600), "panel-name"), text(width - 4, 14, peak, "tick", "end"));
  for (const tick of [0, 10, 100, 1000, 10000, 100000].filter((value) => value <= most * 1.2)) {
    panel.append(line(left, y(tick), width - 4, y(tick), tick === 0 ? "axis" : "grid"));
    panel.append(text(left - 6, y(tick) + 4, count(tick), "tick", "end"));
  }
  const years = (end - start) / 12;
  const every = years > 20 ? 10 : years > 8 ? 5 : years > 3 ? 2 : 1;
  for (let year = Math.ceil(start / 12 / every) * every; year * 12 < end; year += every) {
    panel.append(line(x(year * 12), bottom, x(year * 12), bottom + 4, "axis"));
    if (x(year * 12) < width - 16) panel.append(text(Math.max(left + 12, x(year * 12)), bottom + 16, String(year), "tick", "middle"));
  }
  const first = monthIndex(country.first);
  const bars: string[] = [];
  const month = (i: number) => x(first + i).toFixed(1);
  if (first > start) panel.append(missing(x(start), x(first), top, bottom));
  for (let i = 0; i < country.deaths.length; ++i) {
    const deaths = country.deaths[i];
    if (deaths === null) panel.append(missing(x(first + i), x(first + i + 1), top, bottom));
    else if (deaths! > 0) bars.push(`M${month(i)},${bottom}V${y(deaths!).toFixed(1)}H${month(i + 1)}V${bottom}z`);
  }
  panel.append(el("path", { class: "record-bars", d: bars.join("") }));
  const ended = first + country.deaths.length;
  if (ended < end) panel.append(missing(x(ended), x(end), top, bottom));
}

function missing(from: number, to: number, top: number, bottom: number): SVGElement {
  return el("rect", { x: from, y: top, width: to - from, height: bottom - top, fill: "url(#record-none)" });
}

function peakOf(country: Country): string {
  const peak = Math.max(0, ...country.deaths.map((n) => n ?? 0));
  if (peak === 0) return "no deaths recorded";
  const at = monthIndex(country.first) + country.deaths.indexOf(peak);
  return `peak ${count(peak)} in ${Math.floor(at / 12)}`;
}
