// SPDX-License-Identifier: Apache-2.0
// The border unrolled west to east: what was reported, where along the line, and when.

import { scaleLinear, type ScaleLinear } from "d3-scale";
import { onSelect, select, selected } from "../bus";
import { rows } from "../dodge";
import { diamond, el, fitted, line, text, textWidth } from "../draw";
import { count, percent } from "../fmt";
import type { Brief, Incident, Reach, Stretch } from "../types";
import { probabilityClass, reportedClass } from "./classes";
import { drawTimes } from "./strip_times";

/** Shared with the figures that are drawn on the same axis. */
export const minimumWidth = 760;
export const stripLeft = 122;
const maximumRows = 6;

type Scale = ScaleLinear<number, number>;

export function drawStrip(host: HTMLElement, brief: Brief, hostWidth: number): void {
  const { stretches } = brief;
  if (!stretches.length) return;
  const width = Math.max(hostWidth, minimumWidth);
  const left = stripLeft;
  const right = width - 8;
  const x = scaleLinear([stretches[0]!.from, stretches[stretches.length - 1]!.to], [left, right]);

  const placed = brief.incidents.filter((incident) => incident.km !== null);
  const radius = placed.length <= 60 ? 8 : 3.2;
  const near = dotsOf(placed.filter((i) => i.bank === "near"), x, radius);
  const far = dotsOf(placed.filter((i) => i.bank === "far"), x, radius);
  const step = 2 * radius + 2;
  const lineY = 70 + Math.max(1, near.rows) * step;
  const bottom = lineY + 14 + Math.max(1, far.rows) * step;
  const countsY = bottom + 34;
  const risks = riskRows(brief);
  const timesY = countsY + 42 + risks.length * 42;

  const svg = el("svg", { role: "group", "aria-labelledby": host.dataset.alt ?? "", width });
  stretches.forEach((stretch, i) => {
    if (i % 2 === 0)
      svg.append(el("rect", { class: "column", x: x(stretch.from), y: 34, width: x(stretch.to) - x(stretch.from), height: 10 }));
  });
  drawBrackets(svg, brief.banks.near, x, 22, -1);
  drawIds(svg, stretches, x, 48);

  svg.append(
    text(0, lineY - 4, "Reported incidents", "row-name"),
    text(0, lineY + 11, `${brief.meta.nearSide} above,`, "row-note"),
    text(0, lineY + 25, `${brief.meta.farSide} below`, "row-note"),
    line(left, lineY, right, lineY, "border-line"),
  );
  for (const crossing of brief.crossings)
    svg.append(el("g", {}, el("title", {}, crossing.name), diamond(x(crossing.km), lineY, 6, "crossing")));
  drawDots(svg, near, lineY - 8 - radius, -step, radius);
  drawDots(svg, far, lineY + 8 + radius, step, radius);
  drawBrackets(svg, brief.banks.far, x, bottom + 6, 1);

  svg.append(text(0, countsY + 14, "Reports per stretch", "row-name"));
  drawCounts(svg, stretches, x, countsY);
  risks.forEach((row, i) => drawRisks(svg, row, stretches, x, countsY + (i + 1) * 42));

  const height = drawTimes(svg, placed, x, timesY);
  drawAxis(svg, x, height);
  for (const column of svg.querySelectorAll("rect.column")) column.setAttribute("height", String(height - 34));
  drawColumns(svg, stretches, x, 34, height);
  svg.setAttribute("viewBox", `0 0 ${width} ${height + 30}`);
  svg.setAttribute("height", String(height + 30));
  host.replaceChildren(svg);
}

interface Dots {
  rows: number;
  dots: { incident: Incident; x: number; row: number }[];
}

function dotsOf(incidents: Incident[], x: Scale, radius: number): Dots {
  const positions = incidents.map((incident) => x(incident.km!));
  const row = rows(positions, 2 * radius + 2);
  const dots = incidents.map((incident, i) => ({ incident, x: positions[i]!, row: row[i]! }));
  return { dots, rows: Math.min(maximumRows, Math.max(0, ...row.map((r) => r + 1))) };
}

function drawDots(svg: SVGElement, { dots }: Dots, y: number, step: number, radius: number): void {
  const hidden = new Map<number, number>();
  for (const { incident, x, row } of dots) {
    if (row >= maximumRows) {
      const bin = Math.round(x / 40) * 40;
      hidden.set(bin, (hidden.get(bin) ?? 0) + 1);
      continue;
    }
    const dot = el("g", {}, el("title", {}, incident.label),
      el("circle", { cx: x, cy: y + row * step, r: radius, class: incident.armed ? "armed" : "other" }));
    if (radius > 5)
      dot.append(text(x, y + row * step + 3.6, String(incident.credibility),
        incident.armed ? "digit on-armed" : "digit", "middle"));
    svg.append(dot);
  }
  for (const [x, n] of hidden) svg.append(text(x, y + maximumRows * step, `+${n}`, "tiny", "middle"));
}

function drawIds(svg: SVGElement, stretches: Stretch[], x: Scale, y: number): void {
  const widest = Math.max(...stretches.map((stretch) => textWidth(stretch.id, 11)));
  const narrowest = Math.min(...stretches.map((stretch) => x(stretch.to) - x(stretch.from)));
  const short = narrowest < widest + 4;
  let free = -Infinity;
  for (const stretch of stretches) {
    const label = short ? stretch.id.replace(/^\D+0*/, "") || stretch.id : stretch.id;
    const middle = x((stretch.from + stretch.to) / 2);
    const half = textWidth(label, 11) / 2;
    if (middle - half < free) continue;
    free = middle + half + 3;
    svg.append(text(middle, y, label, "stretch-id", "middle"));
  }
}

function drawBrackets(svg: SVGElement, reaches: Reach[], x: Scale, y: number, side: 1 | -1): void {
  for (const reach of reaches) {
    const from = x(reach.from) + 1;
    const to = x(reach.to) - 1;
    svg.append(el("path", { class: "bracket", d: `M${from},${y - side * 5}V${y}H${to}V${y - side * 5}` }));
    const name = fitted(reach.name, 12, to - from - 4);
    if (name) svg.append(text((from + to) / 2, side > 0 ? y + 14 : y - 6, name, "reach", "middle"));
  }
}

function drawCounts(svg: SVGElement, stretches: Stretch[], x: Scale, y: number): void {
  for (const stretch of stretches) {
    const from = x(stretch.from);
    const width = x(stretch.to) - from;
    const strength = reportedClass(stretch.incidents);
    svg.append(el("rect", { x: from + 0.5, y, width: Math.max(1, width - 1), height: 20, class: `cell q${strength}` }));
    const label = count(stretch.incidents);
    if (textWidth(label, 11.5) + 2 <= width)
      svg.append(text(from + width / 2, y + 14, label, `cell-text t${strength}`, "middle"));
  }
}

interface RiskRow {
  name: string;
  note: string;
  of: (stretch: Stretch) => number | null;
}

/** Chance of at least one reported armed incident on the stretch, as simulated. */
function riskRows(brief: Brief): RiskRow[] {
  const window = brief.spillover?.window ?? "";
  const rows: RiskRow[] = [
    { name: "Chance of one", note: window, of: (stretch) => stretch.risk },
    { name: "With package", note: window, of: (stretch) => stretch.riskWithPackage },
  ];
  return rows.filter((row) => brief.stretches.some((stretch) => row.of(stretch) !== null));
}

function drawRisks(svg: SVGElement, row: RiskRow, stretches: Stretch[], x: Scale, y: number): void {
  svg.append(text(0, y + 9, row.name, "row-name"), text(0, y + 23, row.note, "row-note"));
  for (const stretch of stretches) {
    const from = x(stretch.from);
    const width = x(stretch.to) - from;
    const risk = row.of(stretch);
    const strength = risk === null ? 0 : probabilityClass(risk);
    svg.append(el("rect", { x: from + 0.5, y, width: Math.max(1, width - 1), height: 20, class: `cell q${strength}` }));
    const label = risk === null ? "–" : percent(risk).replace("%", "");
    if (textWidth(label, 11.5) + 2 <= width)
      svg.append(text(from + width / 2, y + 14, label, `cell-text t${strength}`, "middle"));
  }
}

function drawAxis(svg: SVGElement, x: Scale, y: number): void {
  const [start, end] = x.domain() as [number, number];
  const lastLabel = `${count(end)} km, east`;
  const last = x(end) - textWidth(lastLabel, 11.5) - 6;
  const first = x(start) + textWidth("0 km, west", 11.5) + 6;
  svg.append(line(x(start), y, x(end), y, "axis"));
  for (const km of x.ticks(8)) {
    const middle = x(km);
    svg.append(line(middle, y, middle, y + 5, "axis"));
    const half = textWidth(count(km), 11.5) / 2;
    if (middle - half > first && middle + half < last) svg.append(text(middle, y + 18, count(km), "tick", "middle"));
  }
  svg.append(text(x(start), y + 18, `${count(start)} km, west`, "tick"), text(x(end), y + 18, lastLabel, "tick", "end"));
}

/** One button per stretch: arrow keys walk along the line, the readout says what is there. */
function drawColumns(svg: SVGElement, stretches: Stretch[], x: Scale, top: number, bottom: number): void {
  const buttons = stretches.map((stretch) => {
    const button = el("rect", {
      class: "pick", x: x(stretch.from), y: top, width: x(stretch.to) - x(stretch.from), height: bottom - top,
      role: "button", "aria-label": stretch.readout, tabindex: -1, "data-stretch": stretch.id,
    });
    button.addEventListener("click", () => select(selected() === stretch.id ? null : stretch.id));
    return button;
  });
  const walk = (event: Event) => {
    const { key } = event as KeyboardEvent;
    const at = buttons.indexOf(event.target as SVGElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[key];
    if (to === undefined && key !== "Enter" && key !== " ") return;
    event.preventDefault();
    const next = Math.min(buttons.length - 1, Math.max(0, to ?? at));
    buttons[next]!.focus();
    select(to === undefined && selected() === stretches[at]!.id ? null : stretches[next]!.id);
  };
  const show = (id: string | null) => buttons.forEach((button, i) => {
    const on = stretches[i]!.id === id;
    button.setAttribute("aria-pressed", String(on));
    button.setAttribute("tabindex", on || (i === 0 && !stretches.some((s) => s.id === id)) ? "0" : "-1");
  });
  for (const button of buttons) button.addEventListener("keydown", walk);
  show(selected());
  onSelect(show);
  svg.append(...buttons);
}
