// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import test from "node:test";
import { blocks, fault, firstAbsent } from "./page.mjs";

const page = (fence, ...lines) => [fence, ...lines, "```"].join("\n");
const only = (...parts) => blocks(page(...parts))[0];
const run = (...parts) => fault(only(...parts), "/", "");

test("finds shell blocks and leaves others alone", () => {
  const text = [page("```toml", "```not a fence", "a = 1"), "", page("```sh", "true"), page("```", "x")].join("\n");
  assert.deepEqual(blocks(page("```sh", "true")).map((b) => [b.kind, b.lines]), [["sh", ["true"]]]);
  assert.deepEqual(blocks(text).map((block) => block.kind), ["sh"]);
});

test("does not run what says why", () => {
  assert.equal(only("```sh no-test: needs the network", "false").skip, "needs the network");
  assert.throws(() => blocks(page("```sh no-test", "false")), /neither/);
  for (const fence of ["```bash", "```shell", "  ```sh"]) {
    assert.throws(() => blocks(page(fence, "false")), /untested/, fence);
  }
});

test("reports a command that fails, also before the last", () => {
  assert.equal(run("```sh", "true"), null);
  assert.match(run("```sh", "false", "true"), /ended with 1, not 0/);
  assert.equal(run("```sh exit=4", "exit 4"), null);
  assert.match(run("```sh exit=4", "true"), /ended with 0, not 4/);
  assert.match(run("```sh", "sleep 600 &", "false"), /ended with 1, not 0/, "and ends what it started");
});

test("compares the output that a console block shows", () => {
  assert.equal(run("```console", "$ echo 'border 1344 km'; echo more", "border … km", "…"), null);
  assert.match(run("```console", "$ echo 'border 1344 km'", "border 1,344 km"), /did not print/);
  assert.equal(firstAbsent(["a", "b"], ["b", "a"]), "b");
});
