// SPDX-License-Identifier: Apache-2.0
// Runs the commands of one page, block after block, in one temporary folder that holds a copy of theatres/.
// Usage: node run_page.mjs PAGE FOLDER-OF-PANJ THEATRES

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blocks, fault } from "./page.mjs";

const [page, path, theatres] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "panj-guide-"));
if (existsSync(theatres)) cpSync(theatres, join(folder, "theatres"), { recursive: true });

let failed = 0;
for (const block of blocks(readFileSync(page, "utf8"))) {
  const problem = block.skip ? null : fault(block, folder, path);
  const verdict = block.skip ? `not run (${block.skip})` : problem ? `FAILED: ${problem}` : "ok";
  console.log(`${page}:${block.line}: ${verdict}`);
  if (problem) failed += 1;
}
rmSync(folder, { recursive: true });
process.exit(failed ? 1 : 0);
