// SPDX-License-Identifier: Apache-2.0
// Where a country's name may stand: within the part of it that the map shows.

import type { Box } from "../place";

type Point = [number, number];

const steps = 24;

/** Points inside the polygon and the frame, those nearest to their common middle first. */
export function nameAnchors(rings: Point[][], frame: Box): Point[] {
  const inside: Point[] = [];
  for (let i = 1; i < steps; ++i)
    for (let k = 1; k < steps; ++k) {
      const point: Point = [frame.x + (frame.width * i) / steps, frame.y + (frame.height * k) / steps];
      if (contains(rings, point)) inside.push(point);
    }
  const middle = [0, 1].map((axis) => inside.reduce((sum, point) => sum + point[axis]!, 0) / inside.length);
  const distance = ([x, y]: Point) => Math.hypot(x - middle[0]!, y - middle[1]!);
  return inside.sort((a, b) => distance(a) - distance(b));
}

/** Even–odd rule over all rings, so that holes count as outside. */
export function contains(rings: Point[][], [x, y]: Point): boolean {
  let odd = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[i]!;
      const [bx, by] = ring[j]!;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
    }
  return odd;
}
