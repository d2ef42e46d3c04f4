// SPDX-License-Identifier: Apache-2.0
// One outcome by year: what was reported, the fan and the mean under the status quo, the mean with
// a package.

import { scaleLinear } from "d3-scale";
import { area, line as lineOf } from "d3-shape";
import { el, image, line, text, textWidth } from "../draw";
import { millions } from "../fmt";
import type { Brief, OutcomeSeries } from "../types";

type Scale = (value: number) => number;

export function drawYears(host: HTMLElement, brief: Brief, width: number): void {
  const series = brief.spillover?.series[Number(host.dataset.item ?? 0)];
  if (!series?.statusQuo.length) return;
  const height = 236;
  const top = 30;
  const bottom = height - 28;
  const years = [...series.observed, ...series.statusQuo].map((point) => point.year);
  const most = Math.max(1, ...series.statusQuo.map((point) => point.q95), ...series.observed.map((point) => point.value));
  const y = scaleLinear([0, most], [bottom, top]).nice(4);
  const left = 6 + Math.max(...y.ticks(4).map((tick) => textWidth(String(tick), 11.5))) + 6;
  const end = textWidth("with package", 12, 600) + 12;
  const x = scaleLinear([Math.min(...years), Math.max(...years)], [left + 8, width - end]);
  const svg = image(host, width, height);
  for (const tick of y.ticks(4))
    svg.append(line(left, y(tick), width - end, y(tick), tick === 0 ? "axis" : "grid"), text(left - 6, y(tick) + 4, String(tick), "tick", "end"));
  const every = x(years[0]! + 1) - x(years[0]!) < 34 ? 2 : 1;
  for (let year = x.domain()[0]!; year <= x.domain()[1]!; ++year)
    if ((x.domain()[1]! - year) % every === 0) svg.append(text(x(year), bottom + 18, String(year), "tick", "middle"));
  drawFan(svg, series, x, y);
  drawEnds(svg, series, x, y, bottom);
  host.replaceChildren(svg);
}

function drawFan(svg: SVGElement, series: OutcomeSeries, x: Scale, y: Scale): void {
  type Point = OutcomeSeries["statusQuo"][number];
  const band = (low: "q05" | "q25", high: "q75" | "q95") => area<Point>()
    .x((point) => x(point.year)).y0((point) => y(point[low])).y1((point) => y(point[high]))(series.statusQuo) ?? "";
  svg.append(el("path", { class: "band90", d: band("q05", "q95") }), el("path", { class: "band50", d: band("q25", "q75") }));
  const path = <T>(points: T[], value: (point: T) => number, year: (point: T) => number) =>
    lineOf<T>().x((point) => x(year(point))).y((point) => y(value(point)))(points) ?? "";
  svg.append(el("path", { class: "median", d: path(series.statusQuo, (p) => p.mean, (p) => p.year) }));
  if (series.packageMean.length) svg.append(el("path", { class: "package", d: path(series.packageMean, (p) => p.value, (p) => p.year) }));
  for (const point of series.observed) svg.append(el("circle", { cx: x(point.year), cy: y(point.value), r: 4, class: "observed-dot" }));
}

/** Names of the two lines at their ends, pushed apart. */
function drawEnds(svg: SVGElement, series: OutcomeSeries, x: Scale, y: Scale, bottom: number): void {
  const last = series.statusQuo[series.statusQuo.length - 1]!;
  const withPackage = series.packageMean[series.packageMean.length - 1];
  const at = x(last.year) + 8;
  const first = Math.min(bottom, y(last.mean) + 4);
  svg.append(text(at, withPackage && Math.abs(y(withPackage.value) + 4 - first) < 14 ? first - 7 : first, `${millions(last.mean)} mean`, "end median-label"));
  if (!withPackage) return;
  const second = y(withPackage.value) + 4;
  svg.append(text(at, Math.abs(second - first) < 14 ? first + 8 : second, "with package", "end package-label"));
}
