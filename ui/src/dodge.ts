// SPDX-License-Identifier: Apache-2.0
// Stacks dots that share a place on the chainage axis, so that none hides another.

/** Row 0 is next to the line. Dots are taken from west to east. */
export function rows(positions: number[], spacing: number): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a]! - positions[b]!);
  const lastInRow: number[] = [];
  const result = new Array<number>(positions.length).fill(0);
  for (const i of order) {
    const x = positions[i]!;
    let row = lastInRow.findIndex((last) => x - last >= spacing);
    if (row < 0) row = lastInRow.length;
    lastInRow[row] = x;
    result[i] = row;
  }
  return result;
}
