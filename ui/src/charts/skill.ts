// SPDX-License-Identifier: Apache-2.0
// Past accuracy: error of the issued model and its rivals, window by window, and coverage.

import { scaleLinear, scaleLog } from "d3-scale";
import { el, image, line, text, textWidth } from "../draw";
import { percent, score } from "../fmt";
import type { Brief, Skill } from "../types";

const rowHeight = 24;
const head = 58;

export function drawSkill(host: HTMLElement, brief: Brief, width: number): void {
  const { skill } = brief;
  const values = skill.windows.flatMap((window) => skill.models.map((model) => window.scores[model]?.crps ?? 0)).filter((v) => v > 0);
  if (!values.length) return;
  const narrow = width < 560;
  const height = head + skill.windows.length * rowHeight + 34;
  const svg = image(host, width, narrow ? 2 * height : height);
  const half = narrow ? width : (width - 40) * 0.56;
  const error = el("g", {});
  const x = scaleLog([Math.min(...values) / 1.15, Math.max(...values) * 1.15], [44, half - 10]);
  const ticks = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000].filter((v) => v >= x.domain()[0]! && v <= x.domain()[1]!);
  drawPanel(error, skill, "Error (CRPS, log scale): left is better", 44, half, ticks.map((t) => [x(t), t < 1 ? String(t) : score(t).replace(".0", "")]),
    (scores) => (scores.crps > 0 ? x(scores.crps) : null), height);
  const coverage = el("g", { transform: narrow ? `translate(0,${height})` : `translate(${half + 40},0)` });
  const room = narrow ? width : width - half - 40;
  const share = scaleLinear([0, 1], [44, room - 16]);
  coverage.append(line(share(0.9), head - 12, share(0.9), height - 30, "target"));
  drawPanel(coverage, skill, "Share inside the 90% interval: aim 90%", 44, room,
    [0, 0.5, 0.9, 1].map((t) => [share(t), t === 0 ? "0" : t === 1 ? "" : percent(t)]), (scores) => share(scores.coverage90), height);
  svg.append(error, coverage);
  drawKey(svg, skill, width);
  host.replaceChildren(svg);
}

type Place = (scores: { crps: number; coverage90: number }) => number | null;

function drawPanel(panel: SVGElement, skill: Skill, title: string, left: number, right: number, ticks: [number, string][],
  place: Place, height: number): void {
  panel.append(text(0, head - 20, title, "panel-name"));
  const bottom = height - 30;
  for (const [x, label] of ticks) panel.append(line(x, head - 8, x, bottom, "grid"), text(x, bottom + 16, label, "tick", "middle"));
  skill.windows.forEach((window, i) => {
    const y = head + i * rowHeight + rowHeight / 2;
    panel.append(text(0, y + 4, String(window.year), "tick"), line(left, y, right - 10, y, "row-rule"));
    const ordered = [...skill.models].sort((a, b) => Number(a === skill.issuedModel) - Number(b === skill.issuedModel));
    for (const model of ordered) {
      const scores = window.scores[model];
      const x = scores ? place(scores) : null;
      if (x !== null) panel.append(mark(skill, model, x, y));
    }
  });
}

/** The issued model is a filled dot; each rival has a shape of its own. */
function mark(skill: Skill, model: string, x: number, y: number): SVGElement {
  if (model === skill.issuedModel) return el("circle", { cx: x, cy: y, r: 5.5, class: "model issued" });
  const shapes = ["M-5,-5h10v10h-10z", "M0,-6l6,10.5h-12z", "M0,-6.5l6.5,6.5l-6.5,6.5l-6.5,-6.5z", "M-5,-5l10,10M-5,5l10,-10", "M0,-6v12M-6,0h12"];
  const rival = skill.models.filter((name) => name !== skill.issuedModel).indexOf(model);
  return el("path", { d: shapes[rival % shapes.length]!, transform: `translate(${x.toFixed(1)},${y})`, class: "model rival" });
}

function drawKey(svg: SVGElement, skill: Skill, width: number): void {
  let x = 6;
  let y = 8;
  for (const model of [skill.issuedModel, ...skill.models.filter((name) => name !== skill.issuedModel)]) {
    const label = model === skill.issuedModel ? `${model} (issued)` : model;
    const need = textWidth(label, 12) + 34;
    if (x + need > width && x > 6) [x, y] = [6, y + 17];
    svg.append(mark(skill, model, x, y), text(x + 11, y + 4, label, "tick"));
    x += need;
  }
}
