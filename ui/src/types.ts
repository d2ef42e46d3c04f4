// SPDX-License-Identifier: Apache-2.0
// The schema panj.brief/1 as the figures read it. Null means "no data", never zero.

export type Position = [lon: number, lat: number];

export interface Brief {
  schema: "panj.brief/1";
  meta: {
    title: string;
    lineId: string;
    lengthKm: number;
    deathsEnd: string;
    incidentsEnd: string;
    issued: string;
    nearSide: string;
    farSide: string;
    mapSources: string;
  };
  stretches: Stretch[];
  incidents: Incident[];
  crossings: Crossing[];
  banks: { near: Reach[]; far: Reach[] };
  records: Country[];
  forecasts: Forecast[];
  skill: Skill;
  basemap: Basemap;
}

export interface Stretch {
  id: string;
  name: string;
  from: number;
  to: number;
  incidents: number;
  armed: number;
  readout: string;
  geometry: Position[];
}

export interface Incident {
  id: string;
  date: string;
  place: string;
  label: string;
  km: number | null;
  bank: "near" | "far";
  armed: boolean;
  deaths: number | null;
  credibility: number;
  at: Position | null;
  stretch: string | null;
}

export interface Crossing {
  name: string;
  km: number;
  at: Position;
  open: boolean | null;
}

/** What lies along the line between two chainages, on one bank. */
export interface Reach {
  name: string;
  from: number;
  to: number;
}

export interface Country {
  name: string;
  first: string;
  deaths: (number | null)[];
}

export interface Quantiles {
  month: string;
  q05: number;
  q25: number;
  q50: number;
  q75: number;
  q95: number;
}

export interface Forecast {
  unit: string;
  model: string;
  observed: { month: string; deaths: number | null }[];
  past: { month: string; q05: number; q95: number }[];
  fan: Quantiles[];
}

export interface Skill {
  issuedModel: string;
  models: string[];
  windows: { year: number; scores: Record<string, { crps: number; coverage90: number }> }[];
}

export interface Basemap {
  countries: { name: string; rings: Position[][] }[];
  borders: Position[][];
  places: { name: string; at: Position; capital: boolean }[];
}
