// SPDX-License-Identifier: Apache-2.0
// Numbers and months inside figures, by the same rules as the prose.

const grouped = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function count(value: number): string {
  return grouped.format(Math.round(value)).replace("-", "\u2212");
}

/** Share in 0..1 as whole per cent; certainty is never claimed. */
export function percent(share: number): string {
  if (share < 0.005) return "<1%";
  if (share >= 0.995) return ">99%";
  return `${Math.round(share * 100)}%`;
}

/** A score: three significant figures, but never more than one decimal above 1. */
export function score(value: number): string {
  if (value >= 100) return count(value);
  return value >= 1 ? value.toFixed(1) : value.toFixed(2);
}

/** "2024-04" → months since year 0, so that months can stand on a linear scale. */
export function monthIndex(month: string): number {
  const [year, number] = month.split("-").map(Number);
  return year! * 12 + (number ?? 1) - 1;
}

export function monthName(index: number): string {
  return monthNames[((index % 12) + 12) % 12]!;
}

export function yearOf(index: number): number {
  return Math.floor(index / 12);
}

/** "2024-11-18" → 18 Nov 2024; "2024-11" → Nov 2024; "2024" → 2024. */
export function date(text: string): string {
  const [year, month, day] = text.split("-");
  if (!month) return year!;
  const name = monthNames[Number(month) - 1];
  return day ? `${Number(day)} ${name} ${year}` : `${name} ${year}`;
}

/** A change in per cent with its sign: "+4%", "\u221222%". */
export function change(percent: number): string {
  const whole = Math.round(percent);
  return `${whole > 0 ? "+" : ""}${count(whole)}%`;
}

/** Money in millions: "0.6", "12". */
export function millions(value: number): string {
  return Math.abs(value) >= 9.95 ? count(value) : value.toFixed(1).replace("-", "\u2212");
}
