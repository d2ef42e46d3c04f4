// SPDX-License-Identifier: Apache-2.0
// Prints which countries share a land border, as src/panj/forecast/country_borders.cc holds them:
//
//   node scripts/neighbours/make.js        (after npm ci in ui/, whose world-atlas it reads)
//
// Natural Earth 1:50m by way of world-atlas (public domain). Names are those of UCDP and VIEWS.
const path = require('path');
const modules = path.join(__dirname, '../../ui/node_modules');
const atlas = require(path.join(modules, 'world-atlas/countries-50m.json'));
const {neighbors} = require(path.join(modules, 'topojson-client'));

const views = {
  'Dem. Rep. Congo': 'Congo, DRC', 'Central African Rep.': 'Central African Republic',
  'S. Sudan': 'South Sudan', 'Eq. Guinea': 'Equatorial Guinea', 'Bosnia and Herz.': 'Bosnia and Herzegovina',
  'Dominican Rep.': 'Dominican Republic', "Côte d'Ivoire": "Cote d'Ivoire", 'Czechia': 'Czech Republic',
  'Timor-Leste': 'Timor Leste', 'United States of America': 'United States', 'eSwatini': 'Swaziland',
  'Gambia': 'The Gambia', 'Somaliland': 'Somalia', 'Palestine': 'Israel', 'W. Sahara': 'Morocco',
  'N. Cyprus': 'Cyprus', 'Hong Kong': 'China', 'Macao': 'China', 'North Macedonia': 'Macedonia',
  'Siachen Glacier': 'India',
};
const none = new Set(['Andorra', 'Liechtenstein', 'Monaco', 'San Marino', 'Vatican', 'Sint Maarten', 'St-Martin']);
const countries = atlas.objects.countries.geometries;
const names = countries.map((c) => views[c.properties.name] || c.properties.name);
const of = new Map();
neighbors(countries).forEach((list, i) => list.forEach((j) => {
  if (names[i] === names[j] || none.has(names[i]) || none.has(names[j])) return;
  if (!of.has(names[i])) of.set(names[i], new Set());
  of.get(names[i]).add(names[j]);
}));
for (const name of [...of.keys()].sort()) {
  const later = [...of.get(name)].filter((n) => n > name).sort();
  if (later.length > 0) console.log(`${name}: ${later.join('; ')}`);
}
