import { expect } from 'chai';
import { planarSpec, sweepRuns, type SweepSpec } from '../../src/specs/index.js';
import { sweepIn } from '../../src/specs/sweep-format.js';

const flow = { kind: 'flow', problem: planarSpec('relu', 1), decades: 3 } as const;

/** A sweep with the given axes. */
function sweep(axes: SweepSpec['axes'], more: object = {}): SweepSpec {
  return { name: 'small', title: 'A small one.', experiment: flow, axes, ...more };
}

describe('the runs of a sweep', () => {
  const seeds = { name: 'seed', at: ['problem.data.seed', 'problem.start.seed'], values: { from: 5, count: 3 } }; // prettier-ignore
  const widths = { name: 'width', at: 'problem.network.width', values: [4, 8] };

  it('are every value with every other, the last axis fastest', () => {
    const runs = sweepRuns(sweep([widths, seeds]));
    expect(runs.map(({ axes }) => [axes.width, axes.seed])).to.deep.equal([[4, 5], [4, 6], [4, 7], [8, 5], [8, 6], [8, 7]]); // prettier-ignore
    expect(runs[4].spec).to.deep.include({ kind: 'flow', decades: 3 });
    expect(runs[4].spec).to.have.nested.property('problem.network.width', 8);
    expect(runs[4].spec).to.have.nested.property('problem.data.seed', 6);
    expect(runs[4].spec).to.have.nested.property('problem.start.seed', 6);
  });

  it('take whole parts of a description, by a label, and change inside them afterwards', () => {
    const problems = [planarSpec('relu', 1), planarSpec('squared-relu', 1)];
    const kinds = { name: 'kind', at: 'problem', values: problems, labels: ['a', 'b'] };
    const runs = sweepRuns(sweep([kinds, { ...seeds, at: 'problem.start.seed' }]));
    expect(runs.map(({ axes }) => `${String(axes.kind)}${String(axes.seed)}`).join()).to.equal('a5,a6,a7,b5,b6,b7'); // prettier-ignore
    expect(runs.map(({ spec }) => 'problem' in spec && 'seed' in spec.problem.start && spec.problem.start.seed)).to.deep.equal([5, 6, 7, 5, 6, 7]); // prettier-ignore
    expect(problems[0].start).to.include({ seed: 1 });
  });

  it('are named by what they mean', () => {
    const [first] = sweepRuns(sweep([{ name: 'seed', at: 'problem.start.seed', values: [1] }]));
    const [same] = sweepRuns(sweep([{ name: 'width', at: 'problem.network.width', values: [16] }]));
    expect(first.key).to.equal(same.key);
  });

  const wrong: [string, SweepSpec, RegExp][] = [
    ['a place that is none', sweep([{ name: 'seed', at: 'problem.strat.seed', values: [1] }]), /^small: axes\[0\]\.at is 'problem\.strat\.seed'; expected a place in the experiment\.$/],
    ['a key that is none', sweep([{ name: 'sed', at: 'problem.start.sed', values: [1] }]), /^small, run with sed 1: problem\.start\.sed is not a known key; .*\.$/],
    ['a value that is none', sweep([{ name: 'width', at: 'problem.network.width', values: [4, -1] }]), /^small, run with width -1: problem\.network\.width is -1; expected .*\.$/],
    ['objects without labels', sweep([{ name: 'data', at: 'problem.data', values: [{}] }]), /^small: axes\[0\]\.labels is missing; .*\.$/],
    ['too few labels', sweep([{ ...widths, labels: ['a'] }]), /^small: axes\[0\]\.labels has 1 entries; expected one for each of 2 values\.$/],
    ['two axes of a name', sweep([widths, widths]), /^small: two axes are called width; .*\.$/],
    ['one experiment twice', sweep([{ ...widths, values: [4, 4] }]), /^small, run with width 4 is the same experiment as that with width 4; .*\.$/],
  ]; // prettier-ignore
  for (const [title, spec, message] of wrong) {
    it(`are refused in a sentence: ${title}`, () => {
      expect(() => sweepRuns(spec)).to.throw(message);
    });
  }

  it('come from a file, whose faults are told with their place', () => {
    const read = sweepIn(sweep([widths]), 'my.json');
    expect(read.batch).to.equal(40);
    expect(sweepRuns(read)).to.have.length(2);
    const faults: [object, RegExp][] = [
      [{ name: 'Small One' }, /^my\.json: name is "Small One"; expected small letters, digits and -\.$/],
      [{ axes: [] }, /^my\.json: axes is \[\]; expected at least one axis\.$/],
      [{ axes: [{ ...widths, name: 'a b' }] }, /^my\.json: axes\[0\]\.name is "a b"; .*\.$/],
      [{ batch: 0 }, /^my\.json: batch is 0; .*\.$/],
      [{ experiment: { ...flow, kind: 'ascent' } }, /^my\.json: experiment\.kind is "ascent"; .*\.$/],
    ]; // prettier-ignore
    for (const [fault, message] of faults) {
      expect(() => sweepIn({ ...sweep([widths]), ...fault }, 'my.json')).to.throw(message);
    }
  });
});
