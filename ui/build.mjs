// SPDX-License-Identifier: Apache-2.0
// Builds what the brief embeds: brief.js, brief.css with its fonts, their CSP hashes, and the base map.
// Usage: node build.mjs [OUTPUT FOLDER, default dist]

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { basemap } from "./basemap.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "dist"));
const require = createRequire(import.meta.url);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
emit("brief.js", await script());
emit("brief.css", fonts() + (await styles()));
writeFileSync(join(out, "basemap.json"), JSON.stringify(basemap()));

async function script() {
  const result = await build({
    absWorkingDir: here, entryPoints: ["src/brief.ts"], bundle: true, minify: true, format: "iife",
    target: "es2020", write: false, legalComments: "none", charset: "ascii",
  });
  return result.outputFiles[0].text.trim().replaceAll("</script", "<\\/script");
}

async function styles() {
  const sheet = (name) => readFileSync(join(here, "src", `${name}.css`), "utf8");
  const chosen = sheet("dark");
  const preferred = chosen.replace('[data-theme="dark"]', ":not([data-theme])");
  const sheets = [sheet("tokens"), chosen, `@media (prefers-color-scheme: dark) { ${preferred} }`,
    ...["layout", "figures", "print"].map(sheet)];
  const result = await build({
    stdin: { contents: sheets.join("\n"), resolveDir: here, loader: "css" }, bundle: true, minify: true, write: false,
  });
  return result.outputFiles[0].text.trim();
}

function fonts() {
  return [400, 600].map((weight) => {
    const file = require.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff2`);
    const data = readFileSync(file).toString("base64");
    return `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2")}`;
  }).join("");
}

/** Writes a file and, beside it, the hash that lets the page's policy admit exactly these bytes. */
function emit(name, contents) {
  writeFileSync(join(out, name), contents);
  writeFileSync(join(out, `${name}.sha256`), createHash("sha256").update(contents).digest("base64"));
  console.error(`${name} ${(contents.length / 1000).toFixed(0)} kB`);
}
