// SPDX-License-Identifier: Apache-2.0
// Colour classes: by the number of incidents reported on a stretch, and by probability.

export const reportedClasses = [
  { class: 0, label: "none" },
  { class: 1, label: "1" },
  { class: 3, label: "2–3" },
  { class: 5, label: "4 or more" },
];

export function reportedClass(incidents: number): number {
  if (incidents >= 4) return 5;
  if (incidents >= 2) return 3;
  return incidents >= 1 ? 1 : 0;
}

/** Edges as in the likelihood words: 5, 20, 45, 55 and 80 %. */
const probabilityEdges = [0.05, 0.2, 0.45, 0.55, 0.8];

export function probabilityClass(probability: number): number {
  return probabilityEdges.filter((edge) => probability >= edge).length;
}
