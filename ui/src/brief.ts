// SPDX-License-Identifier: Apache-2.0
// Draws the figures of a brief into the page that holds their titles, captions and tables.

import { forgetListeners, onSelect, select, selected, selectFromAddress } from "./bus";
import { drawBox } from "./charts/box";
import { drawCalendar } from "./charts/calendar";
import { drawCalibration } from "./charts/calibration";
import { drawContained, drawDrivers, drawLevers, drawSensitivity } from "./charts/dots";
import { drawFan } from "./charts/fan";
import { drawInvestment } from "./charts/investment";
import { drawKey } from "./charts/key";
import { drawMap } from "./charts/map";
import { drawPatrol } from "./charts/patrol";
import { drawRecord } from "./charts/record";
import { drawRegret } from "./charts/regret";
import { drawSkill } from "./charts/skill";
import { drawStrip } from "./charts/strip";
import { drawYears } from "./charts/years";
import { addThemeSwitch } from "./theme";
import type { Brief } from "./types";

type Figure = (host: HTMLElement, brief: Brief, width: number) => void;

const figures: Record<string, Figure> = {
  strip: drawStrip, key: drawKey, map: drawMap, record: drawRecord, fan: drawFan, skill: drawSkill,
  calibration: drawCalibration,
  years: drawYears, levers: drawLevers, drivers: drawDrivers, contained: drawContained, sensitivity: drawSensitivity,
  regret: drawRegret, box: drawBox, investment: drawInvestment, patrol: drawPatrol, calendar: drawCalendar,
};
const printWidth = 860;

async function start(): Promise<void> {
  const brief = JSON.parse(document.getElementById("brief-data")!.textContent!) as Brief;
  const known = brief.stretches.map((stretch) => stretch.id);
  selectFromAddress(known);
  addThemeSwitch();
  await Promise.all(["400 12px Inter", "600 12px Inter"].map((font) => document.fonts.load(font)));
  await draw(brief);
  document.documentElement.dataset.drawn = "yes";

  let width = document.documentElement.clientWidth;
  addEventListener("resize", () => {
    if (document.documentElement.clientWidth === width) return;
    width = document.documentElement.clientWidth;
    void draw(brief);
  });
  addEventListener("beforeprint", () => drawAll(brief, printWidth));
  addEventListener("afterprint", () => drawAll(brief));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") select(null);
  });
}

function hosts(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-figure]")];
}

/** An undrawn host takes no room of its own, so its figure is asked. */
function roomFor(host: HTMLElement): number {
  return host.parentElement!.clientWidth;
}

/** One figure per task, so that the text stays responsive. */
async function draw(brief: Brief): Promise<void> {
  forgetListeners();
  showReadout(brief);
  for (const host of hosts()) {
    figures[host.dataset.figure!]?.(host, brief, roomFor(host));
    await new Promise((done) => setTimeout(done));
  }
}

function drawAll(brief: Brief, width?: number): void {
  forgetListeners();
  showReadout(brief);
  for (const host of hosts()) figures[host.dataset.figure!]?.(host, brief, width ?? roomFor(host));
}

function showReadout(brief: Brief): void {
  const readout = document.getElementById("readout");
  if (!readout) return;
  const hint = readout.dataset.hint ?? "";
  const show = (id: string | null) => {
    readout.textContent = brief.stretches.find((stretch) => stretch.id === id)?.readout ?? hint;
  };
  show(selected());
  onSelect(show);
}

void start();
