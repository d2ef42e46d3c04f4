// SPDX-License-Identifier: Apache-2.0
// Whether chances came true: reliability for each event, and where outcomes fell in their forecasts.

import { scaleLinear, scaleSqrt } from "d3-scale";
import { el, image, line, text } from "../draw";
import { percent } from "../fmt";
import type { Brief, Calibration } from "../types";

const gap = 28;
const left = 40;
const head = 26;
const foot = 36;

export function drawCalibration(host: HTMLElement, brief: Brief, width: number): void {
  const { calibration } = brief.skill;
  if (!calibration) return;
  const panels = calibration.reliability.length + (calibration.pit.length ? 1 : 0);
  if (!panels) return;
  const columns = width < 560 ? 1 : panels;
  const side = Math.min(300, (width - gap * (columns - 1)) / columns);
  const height = Math.min(side, 120) + head + foot;
  const svg = image(host, width, columns === 1 ? height * panels : height);
  for (let i = 0; i < panels; ++i) {
    const place = columns === 1 ? `translate(0,${i * height})` : `translate(${(i * (side + gap)).toFixed(1)},0)`;
    const panel = el("g", { transform: place });
    const reliability = calibration.reliability[i];
    if (reliability) drawReliability(panel, reliability, side, height);
    else drawPit(panel, calibration.pit, side, height);
    svg.append(panel);
  }
  host.replaceChildren(svg);
}

function drawReliability(panel: SVGElement, { threshold, bins }: Calibration["reliability"][number], width: number, height: number): void {
  const x = scaleLinear([0, 1], [left, width - 12]);
  const y = scaleLinear([0, 1], [height - foot, head]);
  panel.append(text(0, 14, `${threshold} or more deaths: how often it came`, "panel-name"));
  for (const share of [0, 0.5, 1]) {
    const label = share === 0 ? "0" : share === 1 ? "100%" : percent(share);
    panel.append(line(x(0), y(share), x(1), y(share), "grid"), text(left - 6, y(share) + 4, label, "tick", "end"));
    panel.append(line(x(share), y(0), x(share), y(1), "grid"), text(x(share), y(0) + 16, label, "tick", "middle"));
  }
  panel.append(line(x(0), y(0), x(1), y(1), "target"), text(x(0.5), height - 4, "chance given", "tick", "middle"));
  const most = Math.max(...bins.map((bin) => bin.cells), 1);
  const radius = scaleSqrt([0, most], [2.5, 9]);
  for (const bin of bins)
    panel.append(el("circle", { cx: x(bin.forecast), cy: y(bin.observed), r: radius(bin.cells), class: "reliability" }));
}

function drawPit(panel: SVGElement, pit: number[], width: number, height: number): void {
  const x = scaleLinear([0, pit.length], [left, width - 12]);
  const y = scaleLinear([0, Math.max(2, ...pit) * 1.05], [height - foot, head]);
  panel.append(text(0, 14, "Where outcomes fell in the forecasts", "panel-name"));
  pit.forEach((share, i) => {
    panel.append(el("rect", { x: x(i) + 0.5, y: y(share), width: x(i + 1) - x(i) - 1, height: y(0) - y(share), class: "pit" }));
  });
  panel.append(line(x(0), y(1), x(pit.length), y(1), "target"), text(left - 6, y(1) + 4, "level", "tick", "end"));
  panel.append(text(x(0), y(0) + 16, "lowest tenth", "tick"), text(x(pit.length), y(0) + 16, "highest", "tick", "end"));
}
