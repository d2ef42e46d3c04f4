// SPDX-License-Identifier: Apache-2.0
// Colour classes of a stretch by the number of incidents reported on it.

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
