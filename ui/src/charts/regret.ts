// SPDX-License-Identifier: Apache-2.0
// Packages over all plausible futures: expected outcome, worst tenth, largest regret.

import { el, fitted, image, text, textWidth } from "../draw";
import { score } from "../fmt";
import type { Brief } from "../types";

const rowHeight = 29;
const head = 28;

export function drawRegret(host: HTMLElement, brief: Brief, width: number): void {
  const packages = [...(brief.exploration?.packages ?? [])].sort((a, b) => a.regret - b.regret);
  if (!packages.length) return;
  const columns: [string, number[]][] = [
    ["Expected", packages.map((row) => row.expected)],
    ["Worst tenth", packages.map((row) => row.worstTenth)],
    ["Regret", packages.map((row) => row.regret)],
  ];
  const names = Math.min(width * 0.45, Math.max(...packages.map((row) => textWidth(`${row.id} ${row.name}`, 12, 600))) + 16);
  const cell = (width - names - 18) / columns.length;
  const svg = image(host, width, head + packages.length * rowHeight + 4);
  columns.forEach(([name], k) => svg.append(text(names + (k + 0.5) * cell, 16, name, "tick", "middle")));
  packages.forEach((row, i) => {
    const y = head + i * rowHeight;
    svg.append(text(0, y + rowHeight / 2 + 4, fitted(`${row.id} ${row.name}`, 12, names - 8, 600), "row-name"));
    columns.forEach(([, values], k) => {
      const strength = strengthOf(values[i]!, values);
      svg.append(el("rect", { x: names + k * cell + 1, y: y + 1, width: cell - 2, height: rowHeight - 3, class: `cell q${strength}` }),
        text(names + (k + 0.5) * cell, y + rowHeight / 2 + 4, score(values[i]!), `cell-text t${strength}`, "middle"));
    });
    if (i === 0) svg.append(el("path", { class: "marker", d: `M${width - 4},${y + 11}v12l-10,-6z` }));
  });
  host.replaceChildren(svg);
}

/** Stronger is worse: six classes between the least and the greatest of the column. */
function strengthOf(value: number, values: number[]): number {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return high > low ? Math.min(5, Math.floor(((value - low) / (high - low)) * 6)) : 0;
}
