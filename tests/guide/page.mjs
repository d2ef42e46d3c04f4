// SPDX-License-Identifier: Apache-2.0
// Reads and runs the command blocks of a Markdown page.
//
//   ```sh                 every line is run
//   ```console            lines that begin with "$ " are run; the others must appear in the output,
//                         in this order ("…" stands for any text, a line of its own for any lines)
//   ```sh exit=4          the last command must end with this code
//   ```sh no-test: why    shown, not run; the reason is part of the page's source

import { spawnSync } from "node:child_process";

export function blocks(markdown) {
  const found = [];
  let open = null;
  markdown.split("\n").forEach((line, index) => {
    if (open) {
      if (line.trim() === "```") {
        found.push(open);
        open = null;
      } else {
        open.lines.push(line);
      }
      return;
    }
    if (/^\s+```|^```(ba|z)?sh(ell)?\b(?<!^```sh)/.test(line)) {
      throw new Error(`line ${index + 1}: begin the line with \`\`\`sh or \`\`\`console, or it would go untested`);
    }
    const fence = line.match(/^```(sh|console)\b(.*)$/);
    if (fence) open = { line: index + 1, kind: fence[1], ...options(fence[2], index + 1), lines: [] };
    else if (/^```./.test(line)) open = { kind: "other", lines: [] };
  });
  if (open) throw new Error("a block is not closed");
  return found.filter((block) => block.kind !== "other");
}

function options(text, line) {
  const noTest = text.match(/^ no-test: (\S.*)$/);
  if (noTest) return { skip: noTest[1], exit: 0 };
  const exit = text.match(/^(?: exit=(\d+))?\s*$/);
  if (!exit) throw new Error(`line ${line}: '${text.trim()}' is neither 'exit=N' nor 'no-test: reason'`);
  return { skip: null, exit: Number(exit[1] ?? 0) };
}

/** What a block leaves running ends with it. */
const setUp = `exec 2>&1\ntrap 'running=$(jobs -p); [[ -z $running ]] || kill $running 2>/dev/null || :' EXIT`;

/** What is wrong with `block` when it is run in `folder`, or null. */
export function fault(block, folder, path) {
  const commands = block.kind === "sh" ? block.lines
    : block.lines.filter((line) => line.startsWith("$ ")).map((line) => line.slice(2));
  const expected = block.kind === "sh" ? [] : block.lines.filter((line) => !line.startsWith("$ "));
  const run = spawnSync("bash", ["-euo", "pipefail", "-c", `${setUp}\n${commands.join("\n")}`], {
    cwd: folder, env: { ...process.env, PATH: `${path}:${process.env.PATH}` }, encoding: "utf8",
    input: "", maxBuffer: 1 << 28,
  });
  if (run.status !== block.exit) return `ended with ${run.status}, not ${block.exit}:\n${run.stdout}`;
  const absent = firstAbsent(expected, run.stdout.split("\n"));
  return absent === null ? null : `did not print '${absent}':\n${run.stdout}`;
}

/** The first of `expected` that `output` lacks, looking on from the line where the one before was found. */
export function firstAbsent(expected, output) {
  let next = 0;
  for (const line of expected.filter((text) => !["", "…"].includes(text.trim()))) {
    const pattern = line.trimEnd().split("…").map(escaped).join(".*");
    const at = output.findIndex((text, i) => i >= next && new RegExp(`^${pattern}$`).test(text.trimEnd()));
    if (at < 0) return line;
    next = at + 1;
  }
  return null;
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
