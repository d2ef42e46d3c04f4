// SPDX-License-Identifier: Apache-2.0
// Label placement: keep what is taken, try eight directions at growing distances.

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const directions: [number, number][] = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]];

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export class Labels {
  private readonly taken: Box[] = [];

  constructor(private readonly frame: Box) {}

  reserve(box: Box): void {
    this.taken.push(box);
  }

  /** Reserves the neighbourhood of a drawn line, one small box per step along it. */
  reserveLine(points: [number, number][], radius: number): void {
    for (let i = 0; i + 1 < points.length; ++i) {
      const [ax, ay] = points[i]!;
      const [bx, by] = points[i + 1]!;
      const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / radius));
      for (let k = 0; k < steps; ++k) {
        const x = ax + ((bx - ax) * k) / steps;
        const y = ay + ((by - ay) * k) / steps;
        this.reserve({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius });
      }
    }
  }

  /** The first free place for a label around an anchor, or null; takes it when found. */
  place(x: number, y: number, width: number, height: number, distances: number[]): Box | null {
    for (const distance of distances)
      for (const [dx, dy] of directions) {
        const box = {
          x: x + dx * distance - (dx < 0 ? width : dx > 0 ? 0 : width / 2),
          y: y + dy * distance - (dy < 0 ? height : dy > 0 ? 0 : height / 2),
          width,
          height,
        };
        if (this.free(box)) {
          this.reserve(box);
          return box;
        }
      }
    return null;
  }

  /** Takes a place only if nothing stands there. */
  claim(box: Box): boolean {
    if (!this.free(box)) return false;
    this.reserve(box);
    return true;
  }

  private free(box: Box): boolean {
    const { frame } = this;
    const inside = box.x >= frame.x && box.y >= frame.y &&
      box.x + box.width <= frame.x + frame.width && box.y + box.height <= frame.y + frame.height;
    return inside && !this.taken.some((other) => overlap(box, other));
  }
}
