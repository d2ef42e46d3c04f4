// SPDX-License-Identifier: Apache-2.0
// Briefs at the edge of what data can be: hostile names, one or sixty stretches, nothing known.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { cutTexts, fixture, launch, open, overlappingTexts, render, renderer } from "./page.mjs";

const hostile = "</script><script>document.title='owned'</script><!-- \u2028 \"'&<img src=x onerror=alert(1)> \u202Eabc";

function withStretches(brief, n) {
  const line = brief.stretches.flatMap((stretch) => stretch.geometry);
  const share = (i) => Math.floor((i * (line.length - 1)) / n);
  const length = brief.meta.lengthKm;
  brief.stretches = Array.from({ length: n }, (_, i) => ({
    ...brief.stretches[0], id: `S${String(i + 1).padStart(2, "0")}`, from: (length * i) / n, to: (length * (i + 1)) / n,
    geometry: line.slice(share(i), share(i + 1) + 1),
  }));
}

const edges = {
  "hostile strings": (brief) => {
    brief.meta.title = hostile;
    brief.meta.nearSide = hostile;
    for (const stretch of brief.stretches) stretch.readout = stretch.name = hostile;
    for (const incident of brief.incidents) incident.label = incident.place = hostile;
    for (const reach of [...brief.banks.near, ...brief.banks.far]) reach.name = hostile;
    brief.records[0].name = "a very long name ".repeat(12);
    brief.forecasts[0].unit = hostile;
    brief.containment = hostile;
    for (const item of brief.shared) item.originator = item.label = item.text = hostile;
    brief.label.text = brief.label.level = hostile;
  },
  "1 stretch": (brief) => withStretches(brief, 1),
  "60 stretches": (brief) => withStretches(brief, 60),
  "all zeros": (brief) => {
    for (const country of brief.records) country.deaths = country.deaths.map(() => 0);
    for (const forecast of brief.forecasts) {
      for (const point of forecast.observed) point.deaths = 0;
      for (const point of [...forecast.fan, ...forecast.past]) for (const key of Object.keys(point)) if (key !== "month") point[key] = 0;
    }
    brief.incidents = [];
    for (const stretch of brief.stretches) stretch.incidents = stretch.armed = 0;
  },
  "nothing known": (brief) => {
    for (const country of brief.records) country.deaths = country.deaths.map(() => null);
    for (const forecast of brief.forecasts) for (const point of forecast.observed) point.deaths = null;
    for (const incident of brief.incidents) incident.km = incident.at = incident.deaths = incident.stretch = null;
    brief.crossings = [];
    brief.banks = { near: [], far: [] };
    brief.skill.windows = [];
  },
  "p = 0 and 1": (brief) => {
    Object.assign(brief.bottomLine[0], { p: 0, lo: 0, hi: 0 });
    Object.assign(brief.bottomLine[1], { p: 1, lo: 1, hi: 1 });
  },
  "one month of history": (brief) => {
    for (const country of brief.records) Object.assign(country, { first: "2024-04", deaths: [3] });
    for (const forecast of brief.forecasts) {
      forecast.observed = forecast.observed.slice(-1);
      forecast.past = [];
    }
  },
  "500 incidents": (brief) => {
    brief.incidents = Array.from({ length: 500 }, (_, i) => ({
      ...brief.incidents[0], id: `I${i}`, km: (i * 37) % 1300, bank: i % 3 ? "near" : "far", deaths: i % 7, armed: i % 2 === 0,
      date: `20${String(10 + (i % 16))}-06-01`,
    }));
  },
};

describe("edges", { skip: renderer ? false : "PANJ_BRIEF_PAGE is not set" }, () => {
  let browser;
  before(async () => { browser = await launch(); });
  after(() => browser?.close());
  for (const [name, change] of Object.entries(edges))
    for (const width of [1180, 390])
      test(`${name} at ${width} px`, async () => {
        const brief = fixture();
        change(brief);
        const { page, faults, close } = await open(browser, render(brief, name.replace(/\W+/g, "-")), { width });
        assert.deepEqual(faults, []);
        assert.ok(!(await page.$$eval("[data-figure]", (hosts) => hosts.map((host) => host.innerHTML).join())).includes("NaN"));
        assert.notEqual(await page.title(), "owned");
        assert.deepEqual(await overlappingTexts(page), []);
        assert.deepEqual(await cutTexts(page), []);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `page overflows by ${wide} px`);
        await close();
      });
});
