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
  spillover: SpilloverOutlook | null;
  exploration: Exploration | null;
  plan: Plan;
  basemap: Basemap;
}

export interface Stretch {
  id: string;
  name: string;
  from: number;
  to: number;
  incidents: number;
  armed: number;
  risk: number | null;
  riskWithPackage: number | null;
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
  calibration: Calibration | null;
  byLead: { lead: number; cells: number; skill: number; low: number | null; high: number | null }[];
}

export interface Calibration {
  reliability: { threshold: number; bins: { forecast: number; observed: number; cells: number }[] }[];
  pit: number[];
}

export interface OutcomeSeries {
  name: string;
  unit: string;
  observed: { year: number; value: number }[];
  statusQuo: { year: number; q05: number; q25: number; q50: number; q75: number; q95: number; mean: number }[];
  packageMean: { year: number; value: number }[];
}

export interface PackageEffect {
  id: string;
  name: string;
  mean: number;
  low: number;
  high: number;
  low50: number;
  high50: number;
  better: number;
  contained: number | null;
  cost: number;
}

export interface SpilloverOutlook {
  window: string;
  bestName: string;
  series: OutcomeSeries[];
  packages: PackageEffect[];
  drivers: { lever: string; rate: string; mean: number; low: number; high: number }[];
}

export interface PackageRange {
  id: string;
  name: string;
  contained: number;
  containedLow: number;
  containedHigh: number;
  expected: number;
  worstTenth: number;
  regret: number;
  meets: number;
  cost: number;
}

export interface BoxLimit {
  name: string;
  unit: string;
  from: number;
  to: number;
  low: number | null;
  high: number | null;
}

export interface Exploration {
  outcome: string;
  packages: PackageRange[];
  drivers: { name: string; share: number; low: number; high: number }[];
  box: { limits: BoxLimit[] } | null;
}

export interface Plan {
  investment: { years: number[]; purchases: { stretch: string; year: number; kind: string; units: number; cost: number }[] } | null;
  patrol: { cover: { stretch: string; cover: number }[] } | null;
  calendar: { exercises: { month: string; region: string; members: string[]; cost: number }[] } | null;
}

export interface Basemap {
  countries: { name: string; rings: Position[][] }[];
  borders: Position[][];
  places: { name: string; at: Position; capital: boolean }[];
}
