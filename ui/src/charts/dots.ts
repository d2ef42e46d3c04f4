// SPDX-License-Identifier: Apache-2.0
// Dot plots: one row per name, a dot with its intervals on a common scale, columns of numbers beside.

import { scaleLinear } from "d3-scale";
import { el, fitted, image, line, text, textWidth } from "../draw";
import { change, millions, percent } from "../fmt";
import type { Brief } from "../types";

interface Row {
  name: string;
  note?: string;
  mean: number;
  low: number;
  high: number;
  low50?: number;
  high50?: number;
  columns: string[];
}

interface Plot {
  rows: Row[];
  columns: string[];
  /** Of the numbers on the axis. */
  format: (value: number) => string;
  domain: [number, number];
  /** Good and bad direction: a dot is filled where its interval excludes zero. */
  signed: boolean;
}

export function drawLevers(host: HTMLElement, brief: Brief, width: number): void {
  const rows = [...(brief.spillover?.packages ?? [])].sort((a, b) => a.mean - b.mean).map((effect) => ({
    ...effect, name: `${effect.id} ${effect.name}`,
    columns: [change(effect.mean), percent(effect.better), effect.contained === null ? "–" : percent(effect.contained), millions(effect.cost)],
  }));
  draw(host, width, { rows, columns: ["Change", "Fewer in", "Contained", "M$ a year"], format: change, domain: around(rows), signed: true });
}

export function drawDrivers(host: HTMLElement, brief: Brief, width: number): void {
  const rows = (brief.spillover?.drivers ?? []).map((driver) => ({ ...driver, name: driver.lever, note: driver.rate, columns: [change(driver.mean)] }));
  draw(host, width, { rows, columns: ["Change"], format: change, domain: around(rows), signed: true });
}

export function drawContained(host: HTMLElement, brief: Brief, width: number): void {
  const rows = (brief.exploration?.packages ?? []).map((range) => ({
    name: `${range.id} ${range.name}`, mean: range.contained, low: range.containedLow, high: range.containedHigh,
    columns: [percent(range.contained), percent(range.meets), millions(range.cost)],
  }));
  draw(host, width, { rows, columns: ["Contained", "Holds in", "M$ a year"], format: axisShare, domain: [0, 1], signed: false });
}

export function drawSensitivity(host: HTMLElement, brief: Brief, width: number): void {
  const rows = (brief.exploration?.drivers ?? []).map((driver) => ({ ...driver, mean: driver.share, columns: [percent(driver.share)] }));
  draw(host, width, { rows, columns: ["Share"], format: axisShare, domain: [0, Math.max(0.1, ...rows.map((row) => row.high))], signed: false });
}

const axisShare = (share: number) => `${Math.round(share * 100)}%`;

function around(rows: { low: number; high: number }[]): [number, number] {
  return [Math.min(0, ...rows.map((row) => row.low)), Math.max(0, ...rows.map((row) => row.high))];
}

function draw(host: HTMLElement, width: number, plot: Plot): void {
  if (!plot.rows.length) return;
  const narrow = width < 480;
  if (narrow) plot = { ...plot, columns: plot.columns.slice(0, 2) };
  const columnWidths = plot.columns.map((name, i) => Math.max(textWidth(name, 11.5), ...plot.rows.map((row) => textWidth(row.columns[i]!, 12))) + 14);
  const names = narrow ? 0 : Math.min(width * 0.36, Math.max(90, ...plot.rows.map((row) => Math.max(textWidth(row.name, 12, 600), textWidth(row.note ?? "", 12)))) + 14);
  const columnsFrom = width - columnWidths.reduce((sum, w) => sum + w, 0);
  const rowHeight = narrow ? 46 : plot.rows.some((row) => row.note) ? 38 : 27;
  const head = 26;
  const bottom = head + plot.rows.length * rowHeight;
  const svg = image(host, width, bottom + 26);
  const edge = Math.max(10, ...plot.domain.map((end) => textWidth(plot.format(end), 11.5) / 2 + 6));
  const x = scaleLinear(plot.domain, [names + edge, columnsFrom - 22]).nice(4);
  const room = (x.range()[1]! - x.range()[0]!) / (1.4 * Math.max(...plot.domain.map((end) => textWidth(plot.format(end), 11.5))));
  for (const tick of x.ticks(Math.max(1, Math.min(5, Math.floor(room) - 1)))) {
    svg.append(line(x(tick), head - 4, x(tick), bottom, tick === 0 ? "zero" : "grid"));
    svg.append(text(x(tick), bottom + 17, plot.format(tick), "tick", "middle"));
  }
  let right = columnsFrom;
  plot.columns.forEach((name, i) => svg.append(text((right += columnWidths[i]!), 13, name, "tick", "end")));
  plot.rows.forEach((row, i) => {
    const top = head + i * rowHeight;
    const y = narrow ? top + 32 : top + rowHeight / 2;
    const room = narrow ? width : names;
    svg.append(text(0, narrow ? top + 14 : y + (row.note ? -3 : 4), fitted(row.name, 12, room, 600), "row-name"));
    if (row.note && !narrow) svg.append(text(0, y + 12, fitted(row.note, 12, room), "row-note"));
    drawRow(svg, row, x, y, plot.signed);
    let at = columnsFrom;
    columnWidths.forEach((room, k) => svg.append(text((at += room), y + 4, row.columns[k]!, "value", "end")));
  });
  host.replaceChildren(svg);
}

function drawRow(svg: SVGElement, row: Row, x: (value: number) => number, y: number, signed: boolean): void {
  const sure = !signed || row.low > 0 || row.high < 0;
  const kind = !sure ? "open" : signed && row.mean > 0 ? "harm" : signed ? "help" : "plain";
  svg.append(line(x(row.low), y, x(row.high), y, `whisker ${kind}`));
  if (row.low50 !== undefined && row.high50 !== undefined) svg.append(line(x(row.low50), y, x(row.high50), y, `whisker thick ${kind}`));
  svg.append(el("circle", { cx: x(row.mean), cy: y, r: 5, class: `dot ${kind}` }));
}
