// SPDX-License-Identifier: Apache-2.0
// The brief as a reader meets it: from disk, in both themes, on a phone, on paper, without scripts.

import assert from "node:assert/strict";
import { statSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { cutTexts, fixture, launch, open, out, overlappingTexts, realBrief, render, renderer } from "./page.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const briefs = [
  { name: "fixture", file: () => render(fixture(), "fixture"), skip: renderer ? false : "PANJ_BRIEF_PAGE is not set" },
  { name: "real", file: () => realBrief, skip: realBrief ? false : "PANJ_BRIEF_HTML is not set" },
];

for (const { name, file, skip } of briefs)
  describe(`the ${name} brief`, { skip }, () => {
    let browser;
    let path;
    before(async () => {
      path = file();
      browser = await launch();
    });
    after(() => browser?.close());

    test("weighs at most 1 MB", () => assert.ok(statSync(path).size <= 1_000_000));

    for (const theme of ["light", "dark"])
      for (const width of [1180, 390])
        test(`${theme} at ${width} px: no fault, no overlap, axe 0`, async () => {
          const { page, faults, close } = await open(browser, path, { width, theme });
          await page.screenshot({ path: join(out, `${name}-${theme}-${width}.png`), fullPage: true });
          assert.deepEqual(faults, []);
          assert.deepEqual(await overlappingTexts(page), []);
          assert.deepEqual(await cutTexts(page), []);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.ok(wide <= 0, `page overflows by ${wide} px`);
          await page.evaluate((script) => { (0, eval)(script); }, axe);
          const found = await page.evaluate(() => window.axe.run());
          assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).slice(0, 3)}`), []);
          await close();
        });

    test("every figure is drawn and has words for those who do not see it", async () => {
      const { page, close } = await open(browser, path);
      const figures = await page.$$eval("[data-figure]", (hosts) => hosts.map((host) => ({
        kind: host.dataset.figure,
        marks: host.querySelectorAll("svg :is(path, circle, rect, line)").length,
        words: (document.getElementById(host.querySelector("svg")?.getAttribute("aria-labelledby"))?.textContent ?? "").length,
      })));
      assert.ok(figures.length >= 6);
      for (const figure of figures) {
        assert.ok(figure.marks > 3, `${figure.kind} is empty`);
        assert.ok(figure.words > 20, `${figure.kind} has no text`);
      }
      await close();
    });

    test("the keyboard walks the whole line, and the map and the address follow", async () => {
      const { page, close } = await open(browser, path);
      const ids = await page.$$eval(".pick", (picks) => picks.map((pick) => pick.dataset.stretch));
      await page.focus('.pick[tabindex="0"]');
      await page.keyboard.press("Home");
      for (const id of ids) {
        assert.equal(await page.evaluate(() => document.activeElement.dataset.stretch), id);
        assert.equal(await page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get("s")), id);
        assert.equal(await page.$$eval(".stretch.selected", (s) => s.length), 1);
        await page.keyboard.press("ArrowRight");
      }
      assert.notEqual(await page.textContent("#readout"), await page.getAttribute("#readout", "data-hint"));
      await page.keyboard.press("Escape");
      assert.equal(await page.$$eval(".stretch.selected", (s) => s.length), 0);
      await close();
    });

    test("without scripts the bottom line and the tables are there", async () => {
      const { page, close } = await open(browser, path, { scripts: false });
      const text = await page.innerText("body");
      for (const expected of ["Bottom line", "90% interval", "What this brief does not answer yet", "How this brief was made"])
        assert.ok(text.includes(expected), expected);
      assert.ok((await page.locator("table").count()) >= 5);
      await close();
    });

    test("what partners shared keeps its label, and the brief carries one for all", async () => {
      const { page, close } = await open(browser, path);
      const lines = await page.$$eval("#partners tbody tr", (rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
      const labels = await page.$$eval(".tlp", (marks) => marks.map((mark) => mark.textContent));
      if (name === "fixture") assert.ok(lines.length >= 2, "the fixture shares something");
      for (const [, originator, label, text] of lines) {
        assert.match(label, /^TLP:/);
        assert.ok(originator && text, "each line says whose it is");
      }
      assert.equal(labels.length, lines.length ? 2 : 0, "at its head and its end");
      assert.ok(labels.every((label) => label === labels[0] && label.startsWith("TLP:")));
      await close();
    });

    test("prints on A4 with the head and the bottom line on page one", async () => {
      const { page, close } = await open(browser, path);
      const pdf = await page.pdf({ path: join(out, `${name}.pdf`), preferCSSPageSize: true, tagged: true });
      const pages = (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
      assert.ok(pages >= 3 && pages <= 8, `${pages} pages`);
      assert.ok(pdf.length <= 1_200_000);
      await page.emulateMedia({ media: "print" });
      await page.setViewportSize({ width: 688, height: 1009 });
      const bottom = await page.$eval("#bottom-line", (section) => section.getBoundingClientRect().bottom + scrollY);
      assert.ok(bottom <= 1009, `the bottom line ends at ${bottom} px of an A4 page's 1009`);
      await close();
    });
  });
