import { expect } from 'chai';
import type { DirectionalConvergenceRecord } from '../../src/claims/directional-convergence/plan.js';
import { directionalConvergence } from '../../src/claims/index.js';
import type { FlowRecord } from '../../src/records/index.js';
import {
  decadesOf,
  dissent,
  evidenceOf,
  realRecords,
  RUN_TIME,
  withCertificate,
  withColumns,
  withFlowChanged,
} from './records.js';

const judge = (record: DirectionalConvergenceRecord) => directionalConvergence.judge(record);

describe('the claim that directions converge, held against its limits', () => {
  let real: DirectionalConvergenceRecord;
  before(async function () {
    this.timeout(RUN_TIME);
    real = (await realRecords()).direction;
  });

  /** The real record with its first flow, on the plane, changed. */
  const withFlow = (change: (run: FlowRecord) => FlowRecord, k = 0) =>
    withFlowChanged(real, change, k);

  it('compares the fall of the angle with what λ says', () => {
    const pattern = /^rate at which the angle falls ÷ predicted rate, planar squared/;
    const { value, note } = evidenceOf(judge(real), pattern);
    expect(value).to.be.within(0.95, 1.1);
    expect(note).to.match(
      /the ratio 0\.5\d\d against 0\.5336, with λ = 0\.1817; per decade the angle 0\.5\d\d, 0\.5\d\d, the/,
    );
    for (const measuredRatios of [
      [0.5, 0.8],
      [0.5, 0.2],
      [0.5, NaN],
    ]) {
      const off = withFlow((run) => withCertificate(run, { measuredRatios }));
      expect(evidenceOf(judge(off), pattern).verdict).to.equal('inconclusive');
    }
  });

  it('is not asked to be faster than the certified limit: where λ is near 1, lengths may be slow', () => {
    const slow = (lengths: readonly number[]) => {
      const record = withFlow((run) =>
        withCertificate(
          { ...run, decades: decadesOf(lengths) },
          { predictedRatio: 0.9, measuredRatios: [0.9, 0.9], angles: [0.1, 0.09, 0.081] },
        ),
      );
      return evidenceOf(judge(record), /^length per decade .*, planar squared-relu$/);
    };
    expect(slow([0.1, 0.09, 0.081]).verdict).to.equal('supported');
    const { verdict: said, note } = slow([0.1, 0.1, 0.1]);
    expect(said).to.equal('inconclusive');
    expect(note).to.include('brings it nearer only by a factor of 0.9000');
  });

  it('reports the change of the training error, which cannot be anything but 0', () => {
    const late = withFlow((run) =>
      withColumns(run, ({ trainingError }) => ({
        trainingError: trainingError.map((error, k) =>
          k === trainingError.length - 1 ? 0.1 : error,
        ),
      })),
    );
    const { verdict: said, value } = evidenceOf(
      judge(late),
      /^change of the training error .*, planar squared-relu$/,
    );
    expect([said, value]).to.deep.equal(['reported', 0.1]);
  });

  it('takes what depends on the point of a manifold of limits for reported', () => {
    const angle = /^angle to the certified limit, planar relu$/;
    const { flat } = real.flows[1].certificate.limit.stability;
    expect(flat).to.be.above(0);
    const wandering = withFlow((run) => withCertificate(run, { angles: [0.3, 0.3, 0.3] }), 1);
    const { verdict: said, note } = evidenceOf(judge(wandering), angle);
    expect(said).to.equal('reported');
    expect(note).to.include(`a manifold of limits of dimension ${flat}`);
    // What the network computes there is judged all the same.
    const apart = withFlow(
      (run) => ({
        ...run,
        decadeMeasures: run.decadeMeasures.map((at) => ({ ...at, predictionDistance: 0.1 })),
      }),
      1,
    );
    expect(dissent(judge(apart))).to.deep.equal([
      'distance of the predictions to their limit, planar relu: contradicted',
    ]);
  });

  it('names its premises', () => {
    const note = (name: string) =>
      evidenceOf(judge(real), new RegExp(`^premise α > 0: .*, ${name}$`)).note;
    expect(note('planar squared-relu')).to.include('the slope 2 max(z, 0)');
    expect(note('planar relu')).to.include('it jumps at kinks');
  });
});
