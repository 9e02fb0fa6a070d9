import { alphaAxis, lineChart, lineChartPanels, type Figure } from '../../src/charts/index.js';
import type { Report, ReportedClaim, Runtime } from '../../src/report/index.js';

const x = [1, 10, 100, 1000];
const series = (names: readonly string[]) =>
  names.map((name, k) => ({ name, x, y: x.map((value) => (k + 1) / value) }));
const plot = {
  x: alphaAxis,
  y: { title: 'angle (radians)', symbol: 'angle' },
  series: series(['a first curve with a long name', 'a second one, as long as that']),
  references: [{ axis: 'y' as const, at: 0.5, label: 'bound' }],
};

/** A chart of two curves and a reference, whose words stand at its right side. */
export const madeUpChart: Figure = lineChart(
  { name: 'curves', title: 'Two <curves>', subtitle: 'from one run', caption: 'They "fall".' },
  plot,
);

/** The same as three panels beside each other. */
export const madeUpPanels: Figure = lineChartPanels(
  { name: 'panels', title: 'Three panels', caption: 'They fall.' },
  ['one', 'two', 'three'].map((title) => ({ ...plot, title })),
);

/** A claim with one number that supports it and one that is reported. */
export const madeUpClaim: ReportedClaim = {
  id: 'small',
  title: 'Numbers are small & few',
  statement: 'Every number is < 1.',
  verdict: 'supported',
  expected: 'supported',
  source: 'A. Author 2020',
  criterion: 'One is small.',
  evidence: [
    {
      metric: 'size, first',
      value: 0.25,
      threshold: '≤ 1',
      note: 'how <large>',
      verdict: 'supported',
    },
    {
      metric: 'size, second',
      value: 0.5,
      threshold: '≤ 1',
      note: 'the same',
      verdict: 'supported',
    },
    { metric: 'bound', value: Infinity, threshold: 'reported', note: 'none', verdict: 'reported' },
  ],
  headline: 'at most 0.5',
  figures: [],
  notes: [],
  records: [{ folder: 'flow-0123456789ab', code: 'f0'.repeat(32) }],
  notebook: 'report-notebooks/01-small.html',
};

/** A report of these claims, with a provenance. */
export function madeUpReport(claims: readonly ReportedClaim[]): Report {
  return {
    claims,
    missing: [],
    provenance: {
      afterfit: '0.0.0',
      scale: 'smoke',
      seed: 1,
      node: '20.19.0',
      linearAlgebra: 'plain TypeScript',
      versions: { zod: '4.0.0', absent: null },
      commit: 'abc'.repeat(10),
      dirty: true,
      data: { 'datasets/a.gz': 'f0'.repeat(32) },
    },
    timings: {
      began: '2026-01-02T03:04:05.000Z',
      seconds: 61,
      machine: { platform: 'linux x64', processor: 'A processor', cores: 2, memory: 2 ** 33 },
    },
    notebooks: [],
  };
}

/** In the place of Vega, where nothing is drawn. */
export const noRuntime: Runtime = {
  script: 'globalThis.vega = {};',
  licence: 'A licence -- of Vega',
};
