// SPDX-License-Identifier: Apache-2.0
// What was observed, what was forecast a month ahead at the time, and the next twelve months.

import { scaleLinear } from "d3-scale";
import { area, line as lineOf } from "d3-shape";
import { el, image, line, text, textWidth } from "../draw";
import { count, monthIndex, monthName, yearOf } from "../fmt";
import type { Brief, Forecast, Quantiles } from "../types";

export function drawFan(host: HTMLElement, brief: Brief, width: number): void {
  const forecast = brief.forecasts[Number(host.dataset.item ?? 0)];
  if (!forecast || !forecast.fan.length) return;
  const narrow = width < 560;
  const height = narrow ? 250 : 290;
  const top = 34;
  const bottom = height - 40;
  const months = [...forecast.observed, ...forecast.fan].map((point) => monthIndex(point.month));
  const most = Math.max(5, ...forecast.observed.map((point) => point.deaths ?? 0),
    ...forecast.fan.map((point) => point.q95));
  const y = scaleLinear([0, most], [bottom, top]).nice(4);
  const left = textWidth(count(y.domain()[1]!), 12) + 12;
  const endRoom = textWidth(`${count(most)} 95th pct`, 12) + 10;
  const x = scaleLinear([Math.min(...months), Math.max(...months)], [left + 6, width - endRoom]);
  const svg = image(host, width, height);

  for (const tick of y.ticks(4).filter(Number.isInteger))
    svg.append(line(left, y(tick), width - endRoom, y(tick), tick === 0 ? "axis" : "grid"), text(left - 8, y(tick) + 4, count(tick), "tick", "end"));
  drawMonths(svg, x, bottom, narrow ? 12 : 6);
  const barWidth = Math.max(2, Math.min(8, (x(1) - x(0)) * 0.4));
  for (const bar of forecast.past) {
    const middle = x(monthIndex(bar.month));
    const above = Math.max(top, y(bar.q95)); // a bar beyond the scale is cut at its top
    svg.append(el("rect", { x: middle - barWidth / 2, y: above, width: barWidth, height: Math.max(1, y(bar.q05) - above), class: "past" }));
  }
  drawBands(svg, forecast, x, y);
  drawObserved(svg, forecast, x, y);

  const origin = x(monthIndex(forecast.fan[0]!.month) - 1);
  svg.append(line(origin, top - 8, origin, bottom, "issue-rule"), text(origin + 8, top - 14, "Forecast", "fan-forecast"));
  if (origin > 70) svg.append(text(origin - 8, top - 14, "Observed", "fan-observed", "end"));
  drawEndLabels(svg, forecast.fan[forecast.fan.length - 1]!, y, width - endRoom + 8, bottom + 4);
  host.replaceChildren(svg);
}

type Scale = (value: number) => number;

function drawBands(svg: SVGElement, forecast: Forecast, x: Scale, y: Scale): void {
  const last = forecast.observed[forecast.observed.length - 1];
  const from: Quantiles[] = last && last.deaths !== null
    ? [{ month: last.month, q05: last.deaths, q25: last.deaths, q50: last.deaths, q75: last.deaths, q95: last.deaths }] : [];
  const points = [...from, ...forecast.fan];
  const band = (low: "q05" | "q25", high: "q75" | "q95") => area<Quantiles>()
    .x((point) => x(monthIndex(point.month))).y0((point) => y(point[low])).y1((point) => y(point[high]))(points) ?? "";
  const median = lineOf<Quantiles>().x((point) => x(monthIndex(point.month))).y((point) => y(point.q50))(points) ?? "";
  svg.append(el("path", { class: "band90", d: band("q05", "q95") }), el("path", { class: "band50", d: band("q25", "q75") }),
    el("path", { class: "median", d: median }));
}

function drawObserved(svg: SVGElement, forecast: Forecast, x: Scale, y: Scale): void {
  const known = forecast.observed.filter((point) => point.deaths !== null);
  const path = lineOf<(typeof forecast.observed)[number]>().defined((point) => point.deaths !== null)
    .x((point) => x(monthIndex(point.month))).y((point) => y(point.deaths ?? 0))(forecast.observed) ?? "";
  svg.append(el("path", { class: "observed", d: path }));
  for (const point of known)
    svg.append(el("circle", { cx: x(monthIndex(point.month)), cy: y(point.deaths!), r: 2.6, class: "observed-dot" }));
}

function drawMonths(svg: SVGElement, x: ReturnType<typeof scaleLinear<number, number>>, y: number, every: number): void {
  const [first, last] = x.domain() as [number, number];
  const months = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  for (const month of months.filter((m) => m % every === 0 || months.length <= 6)) {
    svg.append(line(x(month), y, x(month), y + 5, "axis"), text(x(month), y + 18, monthName(month), "tick", "middle"));
    if (month % 12 === 0 || months.length <= 6) svg.append(text(x(month), y + 32, String(yearOf(month)), "tick", "middle"));
  }
}

/** Labels at their quantiles, pushed apart; equal quantiles share one label. */
function drawEndLabels(svg: SVGElement, end: Quantiles, y: Scale, x: number, lowest: number): void {
  const named: [number, string][] = [[end.q95, "95th pct"], [end.q75, "75th"], [end.q50, "median"], [end.q25, "25th"], [end.q05, "5th"]];
  const seen = new Set([Math.round(end.q50)]);
  const kept = named.filter(([value, name]) => {
    if (name === "median") return true;
    const fresh = !seen.has(Math.round(value));
    seen.add(Math.round(value));
    return fresh;
  });
  const at = kept.map(([value]) => y(value) + 4);
  for (let i = 1; i < at.length; ++i) at[i] = Math.max(at[i]!, at[i - 1]! + 14);
  for (let i = at.length - 1, limit = lowest; i >= 0; --i, limit -= 14) at[i] = Math.min(at[i]!, limit);
  kept.forEach(([value, name], i) =>
    svg.append(text(x, at[i]!, `${count(value)} ${name}`, name === "median" ? "end median-label" : "end")));
}
