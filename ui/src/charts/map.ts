// SPDX-License-Identifier: Apache-2.0
// The same stretches on the ground: countries, the line, crossings and reported incidents.

import { geoMercator, geoPath, geoDistance, type GeoProjection } from "d3-geo";
import { onSelect, select, selected } from "../bus";
import { diamond, el, fitted, image, line, text, textWidth } from "../draw";
import { date } from "../fmt";
import { Labels, type Box } from "../place";
import type { Brief, Incident, Position } from "../types";
import { reportedClass } from "./classes";
import { nameAnchors } from "./names";

const earthRadiusKm = 6371;

export function drawMap(host: HTMLElement, brief: Brief, width: number): void {
  const narrow = width < 560;
  const height = Math.round(width * (narrow ? 0.72 : 0.46));
  const projection = geoMercator().fitExtent(
    [[width * 0.07, height * 0.13], [width * 0.93, height * 0.87]],
    { type: "MultiLineString", coordinates: brief.stretches.map((stretch) => stretch.geometry) });
  projection.clipExtent([[-2, -2], [width + 2, height + 2]]);
  const path = geoPath(projection);
  const svg = image(host, width, height);
  const labels = new Labels({ x: 4, y: 4, width: width - 8, height: height - 8 });

  svg.append(el("rect", { width, height, class: "sea" }));
  for (const country of brief.basemap.countries)
    svg.append(el("path", {
      class: country.name === brief.meta.nearSide ? "land near" : country.name === brief.meta.farSide ? "land far" : "land",
      d: country.rings.map((ring) => outline(ring, projection)).join(""),
    }));
  svg.append(el("path", { class: "land-border", d: path({ type: "MultiLineString", coordinates: brief.basemap.borders }) ?? "" }));

  drawLine(svg, brief, projection, labels);
  const point = (at: Position) => projection(at) as [number, number];
  for (const crossing of brief.crossings) {
    const [x, y] = point(crossing.at);
    labels.reserve({ x: x - 6, y: y - 6, width: 12, height: 12 });
    svg.append(el("g", {}, el("title", {}, crossing.name), diamond(x, y, 5.5, "crossing")));
  }
  drawScaleBar(svg, projection, labels, width, height);
  drawIncidents(svg, brief.incidents.filter((i) => i.at), point, labels, narrow);
  drawPlaces(svg, brief, point, labels, narrow);
  drawCountryNames(svg, brief, point, labels, { x: 8, y: 8, width: width - 16, height: height - 16 });
  host.replaceChildren(svg);
}

/** Countries come cut to the map, so they are drawn as plane polygons: no winding rule can invert them. */
function outline(ring: Position[], projection: GeoProjection): string {
  return `M${ring.map((at) => projection(at)!.map((v) => v.toFixed(1)).join()).join("L")}Z`;
}

function drawLine(svg: SVGElement, brief: Brief, projection: GeoProjection, labels: Labels): void {
  const path = geoPath(projection);
  const shape = (geometry: Position[]) => path({ type: "LineString", coordinates: geometry }) ?? "";
  for (const stretch of brief.stretches) {
    svg.append(el("path", { class: "casing", d: shape(stretch.geometry) }));
    labels.reserveLine(stretch.geometry.map((at) => projection(at) as [number, number]), 6);
  }
  const coloured = brief.stretches.map((stretch) => {
    const drawn = el("path", { class: `stretch s${reportedClass(stretch.incidents)}`, d: shape(stretch.geometry) },
      el("title", {}, stretch.readout));
    drawn.addEventListener("click", () => select(selected() === stretch.id ? null : stretch.id));
    svg.append(drawn);
    return drawn;
  });
  const show = (id: string | null) => coloured.forEach((drawn, i) =>
    drawn.classList.toggle("selected", brief.stretches[i]!.id === id));
  show(selected());
  onSelect(show);
}

/** The latest and deadliest first: they keep their labels when room is short. */
function drawIncidents(svg: SVGElement, incidents: Incident[], point: (at: Position) => [number, number],
  labels: Labels, narrow: boolean): void {
  const radius = incidents.length <= 60 ? 5 : 3;
  for (const incident of incidents) {
    const [x, y] = point(incident.at!);
    labels.reserve({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius });
    svg.append(el("g", {}, el("title", {}, incident.label),
      el("circle", { cx: x, cy: y, r: radius, class: incident.armed ? "armed cased" : "other cased" })));
  }
  const newest = [...incidents].sort((a, b) => b.date.localeCompare(a.date)).slice(0, narrow ? 4 : 12);
  for (const incident of newest) {
    const [x, y] = point(incident.at!);
    const label = date(incident.date);
    const size = narrow ? 11 : 12;
    const box = labels.place(x, y, textWidth(label, size, 600) + 4, size + 3, [9, 16, 26, 40, 58, 80]);
    if (!box) continue;
    const nearest: [number, number] = [Math.min(Math.max(x, box.x), box.x + box.width), Math.min(Math.max(y, box.y), box.y + box.height)];
    if (Math.hypot(nearest[0] - x, nearest[1] - y) > 18) svg.append(line(x, y, ...nearest, "leader"));
    svg.append(text(box.x + 2, box.y + size, label, narrow ? "map-incident small" : "map-incident"));
  }
}

function drawPlaces(svg: SVGElement, brief: Brief, point: (at: Position) => [number, number], labels: Labels, narrow: boolean): void {
  for (const place of brief.basemap.places) {
    if (narrow && !place.capital) continue;
    const [x, y] = point(place.at);
    if (!labels.claim({ x: x - 4, y: y - 4, width: 8, height: 8 })) continue;
    svg.append(el("circle", { cx: x, cy: y, r: place.capital ? 3.2 : 2.4, class: place.capital ? "place capital" : "place" }));
    const box = labels.place(x, y, textWidth(place.name, 12) + 4, 15, [6]);
    if (box) svg.append(text(box.x + 2, box.y + 11.5, place.name, "map-place"));
  }
}

function drawCountryNames(svg: SVGElement, brief: Brief, point: (at: Position) => [number, number], labels: Labels, frame: Box): void {
  for (const country of brief.basemap.countries) {
    const name = fitted(country.name, 14, frame.width * 0.4);
    const width = textWidth(name, 14) + 10;
    const rings = country.rings.map((ring) => ring.map(point));
    const at = nameAnchors(rings, frame).find(([x, y]) => labels.claim({ x: x - width / 2, y: y - 13, width, height: 18 }));
    if (at) svg.append(text(at[0], at[1], name, "map-country", "middle"));
  }
}

function drawScaleBar(svg: SVGElement, projection: GeoProjection, labels: Labels, width: number, height: number): void {
  const invert = (x: number) => projection.invert!([x, height - 20])!;
  const kmPerPixel = (geoDistance(invert(width - 120), invert(width - 20)) * earthRadiusKm) / 100;
  const km = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].filter((length) => length / kmPerPixel <= width * 0.18).pop() ?? 1;
  const length = km / kmPerPixel;
  const x = width - 20 - length;
  const y = height - 18;
  labels.reserve({ x: x - 4, y: y - 20, width: length + 8, height: 26 });
  svg.append(el("path", { class: "scale-bar", d: `M${x},${y - 5}V${y}H${x + length}V${y - 5}` }),
    text(x + length / 2, y - 6, `${km} km`, "tick", "middle"));
}
