// SPDX-License-Identifier: Apache-2.0
// Countries of the world for the map: simplified outlines, and the land borders between each two of them,
// so that a brief can leave out the one that it draws from a better line.

import { createRequire } from "node:module";
import { feature, mesh } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const require = createRequire(import.meta.url);
const smallestTriangle = 5e-4; // square degrees: about 5 km², a pixel or two at the scale of a theatre

export function basemap() {
  const world = simplify(presimplify(require("world-atlas/countries-10m.json")), smallestTriangle);
  const { countries } = world.objects;
  return {
    countries: feature(world, countries).features.map(({ properties, geometry }) => ({
      name: properties.name,
      rings: (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates)
        .flat().map(rounded).filter((ring) => ring.length > 3),
    })).filter((country) => country.rings.length),
    borders: pairs(world, countries).map(({ between, lines }) => ({ between, lines: lines.map(rounded) })),
  };
}

function pairs(world, countries) {
  const found = new Map();
  mesh(world, countries, (a, b) => {
    if (a !== b) found.set([a, b].map((country) => country.properties.name).sort().join("|"), [a, b]);
    return false;
  });
  return [...found.values()].map(([a, b]) => ({
    between: [a.properties.name, b.properties.name],
    lines: mesh(world, countries, (p, q) => (p === a && q === b) || (p === b && q === a)).coordinates,
  }));
}

function rounded(line) {
  return line.map(([lon, lat]) => [Math.round(lon * 1e3) / 1e3, Math.round(lat * 1e3) / 1e3])
    .filter(([lon, lat], i, all) => i === 0 || lon !== all[i - 1][0] || lat !== all[i - 1][1]);
}
