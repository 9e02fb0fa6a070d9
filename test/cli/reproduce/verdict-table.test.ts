import { expect } from 'chai';
import type { Results } from '../../../src/report/results.js';
import {
  publishable,
  verdictText,
  withVerdicts,
} from '../../../src/cli/reproduce/verdict-table.js';

const evidence = [
  {
    metric: 'angle between θ and −∇𝓛, plane',
    value: 0.5,
    threshold: '',
    note: '',
    verdict: 'supported',
  },
];
const results = {
  claims: [{ id: 'alignment', verdict: 'contradicted', evidence }],
  provenance: { scale: 'standard', seed: 1 },
} as unknown as Results;

describe('the verdicts of a table', () => {
  it('stand in the last cell of a claim’s row, and nothing else changes', () => {
    const rows = (verdict: string) =>
      `| claim | verdict |\n|---|---|\n| \`alignment\` | a claim |${verdict}|\n| \`other\` | x |\n`;
    const told = rows(' contradicted: a decade leaves 0.5 of the angle ');
    expect(withVerdicts(rows(' '), results)).to.equal(told);
    expect(withVerdicts(told, results)).to.equal(told);
  });

  it('are the verdict alone where a run gave no number', () => {
    expect(verdictText({ ...results.claims[0], evidence: [] })).to.equal('contradicted');
  });

  it('wait for a run where a claim has none', () => {
    expect(withVerdicts('| `resnet` | a claim | |', results)).to.equal(
      '| `resnet` | a claim | not run yet |',
    );
  });

  it('come from results of standard scale and seed 1', () => {
    expect(publishable(results, 'r.json')).to.equal(results);
    for (const raw of [null, 3, {}, { claims: [] }]) {
      expect(() => publishable(raw, 'r.json')).to.throw(/^r\.json: expected what .* writes/);
    }
    const smoke = { ...results, provenance: { scale: 'smoke', seed: 2 } };
    expect(() => publishable(smoke, 'r.json')).to.throw(
      'r.json: results of scale smoke and seed 2; expected scale standard and seed 1.',
    );
  });
});
