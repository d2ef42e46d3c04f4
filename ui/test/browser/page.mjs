// SPDX-License-Identifier: Apache-2.0
// Opens briefs from disk in Debian's Chromium and keeps what went wrong on the way.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const out = join(here, "..", "out");
export const renderer = process.env.PANJ_BRIEF_PAGE;
export const realBrief = process.env.PANJ_BRIEF_HTML;
mkdirSync(out, { recursive: true });

export function fixture() {
  return JSON.parse(readFileSync(join(here, "..", "fixtures", "brief.json"), "utf8"));
}

/** Writes a brief with the program's own code; returns the page's path. */
export function render(brief, name) {
  const json = join(out, `${name}.json`);
  const html = join(out, `${name}.html`);
  writeFileSync(json, JSON.stringify(brief));
  execFileSync(renderer, [json, html]);
  return html;
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** A drawn page and its faults: console errors, policy violations, requests beyond the file. */
export async function open(browser, file, { width = 1180, theme = "light", scripts = true } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 }, colorScheme: theme, javaScriptEnabled: scripts, bypassCSP: false,
  });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) faults.push(`request: ${request.url()}`);
  });
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
  });
  await page.goto(pathToFileURL(file).href);
  if (scripts) {
    await page.waitForFunction(() => document.documentElement.dataset.drawn === "yes", null, { timeout: 20000 });
    for (const directive of await page.evaluate(() => window.violations)) faults.push(`policy: ${directive}`);
  }
  return { page, faults, close: () => context.close() };
}

/** Pairs of texts within one figure whose boxes overlap by more than a pixel. */
export function overlappingTexts(page) {
  return page.evaluate(() => [...document.querySelectorAll("[data-figure] > svg")].flatMap((svg) => {
    const texts = [...svg.querySelectorAll("text")].map((node) => {
      const box = node.getBoundingClientRect();
      const inset = box.height * 0.18; // the font's own space above and below the letters
      return { content: node.textContent, left: box.left, right: box.right, top: box.top + inset, bottom: box.bottom - inset };
    });
    return texts.flatMap((a, i) => texts.slice(i + 1)
      .filter((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
      .map((b) => `${svg.parentElement.dataset.figure}: "${a.content}" over "${b.content}"`));
  }));
}

/** Texts that leave their figure's frame. */
export function cutTexts(page) {
  return page.evaluate(() => [...document.querySelectorAll("[data-figure] > svg")].flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")].filter((node) => {
      const box = node.getBoundingClientRect();
      return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1 || box.top < frame.top - 1;
    }).map((node) => `${svg.parentElement.dataset.figure}: "${node.textContent}"`);
  }));
}
