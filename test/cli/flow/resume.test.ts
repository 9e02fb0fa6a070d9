import { expect } from 'chai';
import { requireFitting, startFrom } from '../../../src/cli/flow/resume.js';
import { problemIn } from '../../../src/cli/flow/problem-file.js';
import { problemOf } from '../../../src/cli/flow/problem.js';
import { resultFormat } from '../../../src/cli/flow/result-format.js';
import { solveProblem } from '../../../src/cli/flow/solve.js';
import { targetsWith } from '../../../src/cli/flow/targets.js';
import { jsonText } from '../../../src/cli/json-text.js';
import { linearProblem } from './linear-problem.js';

const raw = linearProblem([10]);

const problemWith = (labels: readonly number[]) =>
  problemOf(problemIn({ ...raw, labels }, 'p.json'), 'p.json');

describe('a result that a run goes on from', () => {
  it('has further decades behind those that the run went on to by itself', () => {
    expect(targetsWith([10, 100], { decades: 2 }, [10, 100, 1e3, 1e4])).to.deep.equal([
      10, 100, 1e5, 1e6,
    ]);
    expect(targetsWith([10, 100], { decades: 1 }, [10])).to.deep.equal([10, 100, 1e3]);
  });

  it('is taken up with its own labels only', async () => {
    const problem = problemWith(raw.labels);
    const record = await solveProblem(problem, { maxSteps: 500 });
    const earlier = resultFormat.parse(JSON.parse(jsonText(record)));
    requireFitting(problem, earlier, 'r.json');
    expect(() => requireFitting(problemWith([1, 1, 1]), earlier, 'r.json')).to.throw(
      'r.json: last.margins are not those of these inputs and labels; expected a result as it was written, or --from-start for a changed one.',
    );
  });

  it('goes on from its own dual variables, and says where these are not one for each margin', async () => {
    const problem = problemWith(raw.labels);
    const record = await solveProblem(problem, { maxSteps: 500, stopAtLast: true });
    const written = JSON.parse(jsonText(record)) as { last: { q: number[] } };
    const earlier = resultFormat.parse(written);
    const { duals } = startFrom(earlier);
    duals!.pairs.forEach((pair, k) => expect(duals!.q[k]).to.equal(record.last.q![pair]));
    written.last.q.pop();
    expect(() => requireFitting(problem, resultFormat.parse(written), 'r.json')).to.throw(
      `r.json: last.q has ${raw.labels.length - 1} numbers; expected ${raw.labels.length}, one for each margin.`,
    );
  });

  it('keeps the dual variables of its rows, and may be older than these', async () => {
    const problem = problemWith(raw.labels);
    const record = await solveProblem(problem, { maxSteps: 500, stopAtLast: true });
    const [row] = record.rows;
    expect(row.q).to.have.length(raw.labels.length);
    const total = row.q!.reduce((sum, value) => sum + value, 0);
    const shares = row.q!.map((value) => value / total);
    const entropy = -shares.reduce((sum, value) => sum + value * Math.log(value || 1), 0);
    expect(row.entropy).to.be.closeTo(entropy, 1e-14);
    const written = JSON.parse(jsonText(record)) as { rows: Record<string, unknown>[] };
    expect(resultFormat.parse(written).rows[0]).to.deep.include({
      q: row.q,
      entropy: row.entropy,
      dualPotential: row.dualPotential,
    });
    for (const name of ['q', 'entropy', 'dualPotential']) delete written.rows[0][name];
    requireFitting(problem, resultFormat.parse(written), 'r.json');
  });
});
