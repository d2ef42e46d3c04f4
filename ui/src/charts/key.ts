// SPDX-License-Identifier: Apache-2.0
// The colour key of the stretches, as a small image above the map.

import { el, image, text } from "../draw";
import { reportedClasses } from "./classes";
import type { Brief } from "../types";

export function drawKey(host: HTMLElement, _brief: Brief, width: number): void {
  const step = Math.min(92, (width - 8) / reportedClasses.length);
  const svg = image(host, Math.min(width, step * reportedClasses.length + 2), 34);
  reportedClasses.forEach((entry, i) => svg.append(
    el("rect", { x: i * step, y: 2, width: step - 1, height: 12, class: `cell q${entry.class}` }),
    text(i * step + step / 2, 28, entry.label, "tick", "middle")));
  host.replaceChildren(svg);
}
