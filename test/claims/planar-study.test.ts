import { expect } from 'chai';
import { planarFlow } from '../../src/experiments/index.js';
import type { FlowRecord } from '../../src/records/index.js';
import { studyOf, summary } from './planar-study.js';
import { RUN_TIME, smoke, withCertificate } from './records.js';

describe('the study of planar seeds', () => {
  const flows = new Map<string, FlowRecord>();
  before(async function () {
    this.timeout(RUN_TIME);
    for (const activation of ['squared-relu', 'relu'] as const) {
      flows.set(activation, await planarFlow(activation, smoke));
    }
  });
  const row = (run: FlowRecord) => studyOf(run, [], 'nothing further');

  it('has a verdict of every claim on a run, and nothing against a certificate that holds', () => {
    const smooth = row(flows.get('squared-relu')!);
    expect(Object.keys(smooth.verdicts)).to.deep.equal([
      'directional-convergence',
      'margin-maximization',
      'alignment',
    ]);
    const kinked = row(flows.get('relu')!);
    expect(Object.keys(kinked.verdicts).at(-1)).to.equal('relu-alignment');
    for (const { verdicts, otherwise, falseFor } of [smooth, kinked]) {
      expect(new Set(Object.values(verdicts))).to.deep.equal(new Set(['supported']));
      expect([...otherwise, ...falseFor]).to.deep.equal([]);
    }
  });

  it('notices a certificate of a limit that the flow has passed', () => {
    const run = flows.get('squared-relu')!;
    const wrong = withCertificate(run, {}, { margin: 0.9 * run.certificate.limit.margin });
    const { falseFor, verdicts } = row(wrong);
    expect(falseFor.length).to.equal(2);
    expect(falseFor[0]).to.match(/^the smoothed margin comes to /);
    expect(falseFor[1]).to.match(/^later points lead to the margin /);
    expect(verdicts['margin-maximization']).to.equal('inconclusive');
    expect(summary([row(run), row(wrong)])).to.deep.equal([
      'directional-convergence: 1 supported, 1 inconclusive, 0 contradicted',
      'margin-maximization: 1 supported, 1 inconclusive, 0 contradicted',
      'alignment: 1 supported, 1 inconclusive, 0 contradicted',
      'certified: 2 of 2',
      'false certificates: 1',
      'runs with a visit to a saddle: 0',
    ]);
  });
});
