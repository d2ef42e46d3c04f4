// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { count, date, monthIndex, monthName, percent, score, yearOf } from "../out/unit/fmt.mjs";

test("counts are whole, grouped, and carry a true minus", () => {
  assert.equal(count(1036.6), "1,037");
  assert.equal(count(-1200), "\u22121,200");
  assert.equal(count(0), "0");
});

test("certainty is never claimed", () => {
  assert.equal(percent(0), "<1%");
  assert.equal(percent(0.0049), "<1%");
  assert.equal(percent(0.005), "1%");
  assert.equal(percent(0.9949), "99%");
  assert.equal(percent(0.995), ">99%");
  assert.equal(percent(1), ">99%");
});

test("scores keep the digits they deserve", () => {
  assert.equal(score(0.456), "0.46");
  assert.equal(score(14.51), "14.5");
  assert.equal(score(1234.5), "1,235");
});

test("months stand on a line", () => {
  assert.equal(monthIndex("2025-01") - monthIndex("2024-12"), 1);
  assert.equal(monthName(monthIndex("2024-11-18")), "Nov");
  assert.equal(yearOf(monthIndex("2024-12")), 2024);
});

test("dates are as precise as given", () => {
  assert.equal(date("2024-11-18"), "18 Nov 2024");
  assert.equal(date("2024-11"), "Nov 2024");
  assert.equal(date("2024"), "2024");
});
