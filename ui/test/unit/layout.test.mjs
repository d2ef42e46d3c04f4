// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { rows } from "../out/unit/dodge.mjs";
import { Labels, overlap } from "../out/unit/place.mjs";

test("dots that would touch go to different rows", () => {
  assert.deepEqual(rows([0, 5, 10, 40], 10), [0, 1, 0, 0]);
  assert.deepEqual(rows([7, 7, 7], 1), [0, 1, 2]);
  assert.deepEqual(rows([], 1), []);
});

test("labels keep off what is taken and inside the frame", () => {
  const labels = new Labels({ x: 0, y: 0, width: 100, height: 100 });
  const taken = { x: 55, y: 40, width: 45, height: 20 };
  labels.reserve(taken);
  const box = labels.place(50, 50, 30, 10, [4]);
  assert.ok(box && !overlap(box, taken));
  assert.ok(box.x >= 0 && box.x + box.width <= 100);
  assert.equal(labels.place(50, 50, 300, 10, [4]), null);
});

test("a line is kept free along its whole length", () => {
  const labels = new Labels({ x: 0, y: 0, width: 100, height: 100 });
  labels.reserveLine([[0, 50], [100, 50]], 5);
  assert.equal(labels.claim({ x: 40, y: 48, width: 20, height: 4 }), false);
  assert.equal(labels.claim({ x: 40, y: 10, width: 20, height: 4 }), true);
});
