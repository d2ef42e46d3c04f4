// SPDX-License-Identifier: Apache-2.0
// npm test: types, unit tests, then the browser. Says what it leaves out and why.

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { buildSync } from "esbuild";

const run = (command, ...args) => {
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
};

mkdirSync("test/out", { recursive: true });
run("npx", "tsc", "--noEmit");
buildSync({
  entryPoints: ["fmt", "place", "dodge", "charts/names"].map((name) => `src/${name}.ts`),
  outdir: "test/out/unit", outbase: "src", format: "esm", outExtension: { ".js": ".mjs" },
});
for (const [name, meaning] of [["PANJ_BRIEF_PAGE", "the built tests/brief/brief_page"], ["PANJ_BRIEF_HTML", "a brief.html to check"]])
  if (!process.env[name]) console.error(`skipped: browser tests that need ${name} (${meaning})`);
run(process.execPath, "--test", "--test-reporter=spec", "test/unit/fmt.test.mjs", "test/unit/layout.test.mjs",
  "test/browser/brief.test.mjs", "test/browser/edges.test.mjs");
