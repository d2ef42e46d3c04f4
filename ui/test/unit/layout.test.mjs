// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { rows } from "../out/unit/dodge.mjs";
import { contains, nameAnchors } from "../out/unit/charts/names.mjs";
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

test("a country is named inside itself and inside the map", () => {
  const square = [[50, 0], [200, 0], [200, 100], [50, 100]];
  const hole = [[60, 10], [90, 10], [90, 90], [60, 90]];
  assert.equal(contains([square, hole], [75, 50]), false);
  const anchors = nameAnchors([square], { x: 0, y: 0, width: 100, height: 100 });
  assert.ok(anchors.length > 0);
  for (const [x, y] of anchors) assert.ok(x >= 50 && x < 100 && y > 0 && y < 100);
  assert.deepEqual(nameAnchors([square], { x: 0, y: 0, width: 40, height: 40 }), []);
});
