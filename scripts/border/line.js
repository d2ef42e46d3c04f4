// SPDX-License-Identifier: Apache-2.0

const EARTH_RADIUS_M = 6371008.8;

function rings(geometry) {
  return geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
}

/**
 * The border of `a` with `b`, from west to east: the outline of `a` without the longest run of vertices
 * that `b` does not have. In short runs where the two outlines disagree, `a`'s is followed.
 */
export function sharedLine(a, b) {
  const known = new Set(rings(b).flat().map(String));
  const shared = (p) => known.has(String(p));
  const count = (ring) => ring.filter(shared).length;
  const ring = rings(a).reduce((best, other) => (count(other) > count(best) ? other : best));
  if (count(ring) < 2) throw new Error("the outlines share no line");

  const open = ring.slice(0, -1);
  const first = open.findIndex(shared);
  const turned = [...open.slice(first), ...open.slice(0, first)];
  const ends = turned.flatMap((p, i) => (shared(p) ? [i] : []));
  const runs = ends.map((from, i) => ({ from, to: ends[i + 1] ?? turned.length }));
  const outside = runs.reduce((best, run) => (run.to - run.from > best.to - best.from ? run : best));
  const line = [...turned.slice(outside.to), ...turned.slice(0, outside.from + 1)];
  return line[0][0] <= line.at(-1)[0] ? line : line.reverse();
}

function unit([lon, lat]) {
  const [l, p] = [lon, lat].map((degrees) => (degrees * Math.PI) / 180);
  return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
}
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a, b) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const arc = (a, b) => Math.atan2(Math.hypot(...cross(a, b)), dot(a, b));

function arcToSegment(p, from, to) {
  const pole = cross(from, to);
  const size = Math.hypot(...pole);
  const beside = dot(cross(pole, from), p) > 0 && dot(cross(to, pole), p) > 0;
  if (size === 0 || !beside) return Math.min(arc(p, from), arc(p, to));
  return Math.abs(Math.asin(Math.max(-1, Math.min(1, dot(p, pole) / size))));
}

/** Douglas and Peucker: keeps vertices more than `toleranceM` off the line between kept ones. */
export function simplified(line, toleranceM) {
  const units = line.map(unit);
  const kept = new Set([0, line.length - 1]);
  const open = [[0, line.length - 1]];
  while (open.length > 0) {
    const [first, last] = open.pop();
    let farthest = toleranceM / EARTH_RADIUS_M;
    let split = first;
    for (let i = first + 1; i < last; ++i) {
      const off = arcToSegment(units[i], units[first], units[last]);
      if (off > farthest) [farthest, split] = [off, i];
    }
    if (split === first) continue;
    kept.add(split);
    open.push([first, split], [split, last]);
  }
  return line.filter((_, i) => kept.has(i));
}
