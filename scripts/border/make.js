// SPDX-License-Identifier: Apache-2.0
// Makes the border line files of the theatres: theatres/*/border/{osm,natural-earth}.geojson.
//
//     npm ci && npm run make
//
// The line is what the two countries' outlines share (see line.js). OpenStreetMap lines are then
// simplified to 100 m (Douglas and Peucker on the great circle, as panj::geo::simplified does).
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { feature } from "topojson-client";
import { sharedLine, simplified } from "./line.js";

const require = createRequire(import.meta.url);
const THEATRES = new URL("../../theatres/", import.meta.url);

const BORDERS = [
  { theatre: "tajik-afghan", names: ["Tajikistan", "Afghanistan"], iso3: ["TJK", "AFG"] },
  { theatre: "ghana-burkina-faso", names: ["Ghana", "Burkina Faso"] },
];

const OSM = {
  file: "osm.geojson",
  title: "OpenStreetMap, simplified to 100 m",
  attribution: 
    "© OpenStreetMap contributors, ODbL 1.0, via @geo-maps/countries-maritime-10m 0.6.0",
};
const NATURAL_EARTH = {
  file: "natural-earth.geojson",
  title: "Natural Earth 1:10m",
  attribution: "Made with Natural Earth (public domain), via world-atlas 2.0.2",
};

async function readJson(packagePath) {
  return JSON.parse(await readFile(require.resolve(packagePath), "utf8"));
}

async function writeLine(theatre, source, line) {
  const folder = new URL(`${theatre}/border/`, THEATRES);
  await mkdir(folder, { recursive: true });
  const rounded = line.map((p) => p.map((degrees) => Number(degrees.toFixed(6))));
  const collection = {
    type: "FeatureCollection",
    attribution: source.attribution,
    features: [
      {
        type: "Feature",
        properties: { source: source.title },
        geometry: { type: "LineString", coordinates: rounded },
      },
    ],
  };
  const path = new URL(source.file, folder);
  await writeFile(path, JSON.stringify(collection).replaceAll("],[", "],\n[") + "\n");
  console.log(`${theatre}/border/${source.file}: ${line.length} vertices`);
}

const atlas = await readJson("world-atlas/countries-10m.json");
const countries = feature(atlas, atlas.objects.countries).features;
const osm = (await readJson("@geo-maps/countries-maritime-10m/map.geo.json")).features;

function only(features, matches, what) {
  const found = features.find(matches);
  if (!found) throw new Error(`no outline of ${what}`);
  return found.geometry;
}

for (const { theatre, names, iso3 } of BORDERS) {
  const outlines = names.map((name) => only(countries, (f) => f.properties.name === name, name));
  await writeLine(theatre, NATURAL_EARTH, sharedLine(...outlines));
  if (iso3) {
    const fine = iso3.map((code) => only(osm, (f) => f.properties.A3 === code, code));
    await writeLine(theatre, OSM, simplified(sharedLine(...fine), 100));
  }
}
