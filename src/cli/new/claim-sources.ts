import type { ClaimNames } from './names.js';

/** The claim that is laid down: one flow on the plane, judged on the length that its direction sweeps. */

/** `src/claims/ID/plan.ts`. */
export function planText({ id, plan, record }: ClaimNames): string {
  return `${imports(
    ['type { RecordsOf }', '../../records/index.js'],
    ['type { FlowExperiment }', '../../specs/experiment.js'],
    ['{ planarSpec }', '../../specs/known-problems.js'],
    ['type { PlanSettings, Scale }', '../../specs/scale.js'],
  )}

// To be replaced: the thresholds, each with its reason, and the experiments.

/**
 * Each decade's length is at most this share of that of the decade before: lengths that shrink by any factor
 * below 1 have a finite sum, and the factor expected here is about 0.53.
 */
export const SHRINKAGE = 0.8;
/** The last decades of α that are judged: before them the direction is still on its way. */
export const DECADES_JUDGED = 3;

/** Decades of α that the flow is followed for, from α = 1. */
const DECADES: Record<Scale, number> = { smoke: 7, standard: 8, full: 8 };

/** The experiments of \`${id}\`, by name. */
export function ${plan}({ scale, seed }: PlanSettings) {
  const flow: FlowExperiment = {
    kind: 'flow',
    problem: planarSpec('squared-relu', seed),
    decades: DECADES[scale],
  };
  return { flow };
}

/** What the claim is judged by. */
export type ${record} = RecordsOf<ReturnType<typeof ${plan}>>;
`;
}

/** `src/claims/ID/claim.ts`. */
export function claimText({ id, title, claim, plan, figures }: ClaimNames): string {
  return `${imports(
    ['{ listed }', '../../text/numbers.js'],
    ['{ defineClaim }', '../claim.js'],
    ['{ shrinks }', '../common/rules.js'],
    [`{ ${figures} }`, './figures.js'],
    [`{ DECADES_JUDGED, ${plan}, SHRINKAGE }`, './plan.js'],
  )}

/** To be replaced: which theorem, experiment or question this is. */
export const ${claim} = defineClaim({
  id: ${JSON.stringify(id)},
  title: ${JSON.stringify(title)},
  statement:
    'To be replaced by what is claimed, in words of your own; until then: under gradient flow the direction ' +
    'θ/‖θ‖ of a squared-ReLU network that has fitted its data sweeps a path of finite length.',
  source: 'Ji & Telgarsky 2020 (arXiv 2006.06657), Theorem 3.1',
  expected: 'supported',
  criterion:
    \`To be replaced by the reasons for your thresholds; until then: over the last \${DECADES_JUDGED} decades of α \` +
    \`the length swept per decade has to shrink by a factor ≤ \${SHRINKAGE} each time, since a geometric series has \` +
    'a finite sum; lengths that stay in all of them contradict.',
  headline: { metric: 'length per decade', words: 'a decade sweeps # of the length before' },
  plan: ${plan},
  judge({ flow }) {
    const lengths = flow.decades.slice(-DECADES_JUDGED).map(({ length }) => length);
    return [
      shrinks(
        \`length per decade of α, \${flow.problem.name}\`,
        lengths,
        SHRINKAGE,
        \`lengths \${listed(lengths)} rad\`,
      ),
    ];
  },
  figures: ${figures},
});
`;
}

/** `src/claims/ID/figures.ts`. */
export function figuresText({ id, figures, record }: ClaimNames): string {
  return `${imports(
    ['{ lineChart, type Figure }', '../../charts/index.js'],
    [`{ SHRINKAGE, type ${record} }`, './plan.js'],
  )}

/** To be replaced: what the claim says, drawn. */
export function ${figures}({ flow }: ${record}): Figure[] {
  const ends = flow.decades.map(({ to }) => to);
  const lengths = flow.decades.map(({ length }) => length);
  const words = {
    name: '${id}-length',
    title: 'Length of the path of the direction per decade of α',
    caption:
      'The direction sweeps a path of finite length where the points fall at least as steeply as the line ' +
      \`of the criterion, a factor of \${SHRINKAGE} per decade.\`,
  };
  const criterion = ends.map((_, k) => lengths[0] * SHRINKAGE ** k);
  return [
    lineChart(words, {
      x: { title: 'α at the end of the decade (log scale)', symbol: 'α', scale: 'log' },
      y: { title: 'length within the decade (radians, log scale)', symbol: 'length', scale: 'log' },
      series: [
        { name: flow.problem.name, x: ends, y: lengths, points: true, color: 0, dash: 0 },
        { name: 'criterion', x: ends, y: criterion, color: 6, dash: 2 },
      ],
    }),
  ];
}
`;
}

/** `test/claims/ID.test.ts`. */
export function testText({ id, claim, record }: ClaimNames): string {
  return `${imports(
    ['{ expect }', 'chai'],
    ['{ toSvg }', '../../src/charts/svg.js'],
    [`{ judgeClaim, ${claim} }`, '../../src/claims/index.js'],
    [`type { ${record} }`, `../../src/claims/${id}/plan.js`],
    ['{ runPlan }', '../../src/experiments/index.js'],
    ['{ wordsOf }', '../charts/checks.js'],
    ['{ decadesOf, dissent, RUN_TIME, smoke }', './records.js'],
  )}

const verdict = (record: ${record}) => judgeClaim(${claim}, record).verdict;

// To be replaced: for each rule of the judge, records made up to be right and wrong.
describe('the claim ${id}', () => {
  let real: ${record};
  before(async function () {
    this.timeout(RUN_TIME);
    real = await runPlan(${claim}.plan(smoke));
  });

  const withLengths = (lengths: readonly number[]): ${record} => ({
    ...real,
    flow: { ...real.flow, decades: decadesOf(lengths) },
  });

  it('is supported by a quick run', () => {
    expect(dissent(${claim}.judge(real))).to.deep.equal([]);
    expect(verdict(real)).to.equal(${claim}.expected);
  });

  it('is contradicted by lengths that stay', () => {
    expect(verdict(withLengths([0.3, 0.3, 0.3]))).to.equal('contradicted');
  });

  it('is left open by lengths that shrink too slowly, are no numbers, or are too few', () => {
    expect(verdict(withLengths([0.3, 0.27, 0.24]))).to.equal('inconclusive');
    expect(verdict(withLengths([0.3, NaN, 0.1]))).to.equal('inconclusive');
    expect(verdict(withLengths([0.3, 0.1]))).to.equal('inconclusive');
  });

  it('draws what it judges', async () => {
    const [figure, ...others] = ${claim}.figures(real);
    expect(others).to.deep.equal([]);
    expect(wordsOf(await toSvg(figure))).to.include(figure.title);
  });
});
`;
}

/** Import lines, put together here so that none of them looks like one of this file's own. */
function imports(...list: readonly (readonly [names: string, from: string])[]): string {
  return list.map(([names, from]) => `import ${names} from '${from}';`).join('\n');
}
