// SPDX-License-Identifier: Apache-2.0
// Every relative link of the project's Markdown pages leads to a file.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import test from "node:test";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const skipped = new Set(["node_modules", "build", "out", ".git"]);

function pages(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : pages(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

function deadLinks(page, text) {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link.split("#")[0])
    .filter((link) => link && !/^[a-z]+:/.test(link) && !existsSync(join(dirname(page), link)));
}

test("sees a dead link", () => {
  const text = "[a](README.md) [b](nowhere.md#part) [c](https://example.org) [d](#part)";
  assert.deepEqual(deadLinks(join(root, "README.md"), text), ["nowhere.md"]);
});

for (const page of pages(root)) {
  test(`links of ${page.slice(root.length + 1)}`, () => {
    assert.deepEqual(deadLinks(page, readFileSync(page, "utf8")), []);
  });
}
