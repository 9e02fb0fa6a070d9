import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProblem } from '../../../src/cli/flow/problem-file.js';
import { problemOf } from '../../../src/cli/flow/problem.js';
import { solveProblem } from '../../../src/cli/flow/solve.js';
import { jsonText } from '../../../src/cli/json-text.js';
import { buildProblem, planarSpec, type FlowSpec } from '../../../src/specs/index.js';

let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-description-'))));
after(() => rmSync(folder, { recursive: true, force: true }));

function read(content: object) {
  const path = join(folder, 'p.json');
  writeFileSync(path, JSON.stringify(content));
  return readProblem(path);
}

const spec: FlowSpec = {
  ...planarSpec('relu', 1),
  solver: { targets: [1, 2], tolerance: 1e-6, method: 'explicit' },
};
const table: FlowSpec = {
  data: { kind: 'csv', file: 'table.csv', standardise: 'each' },
  network: { kind: 'two-layer', width: 2, activation: 'relu' },
  loss: 'logistic',
  start: { kind: 'he', scale: 0.3, seed: 1 },
  solver: { targets: [10] },
};

describe('a description as a problem', () => {
  it('is the problem that it is built to, with its numbers in the open', () => {
    const { file, solver, earlier } = read({ $schema: 'x.json', ...spec });
    const built = buildProblem(spec);
    expect(Float64Array.from(file.theta0)).to.deep.equal(built.theta0);
    expect(Float64Array.from(file.inputs.flat())).to.deep.equal(built.data.inputs);
    expect(file.targets).to.deep.equal([1, 2]);
    expect(solver).to.include({ tolerance: 1e-6, method: 'explicit', maxSteps: 20_000 });
    expect(earlier).to.equal(undefined);
    expect(problemOf(file, 'p.json').objective.network.name).to.equal(built.objective.network.name);
  });

  it('has a result that is a problem too, and says what it was built from', async () => {
    const { file } = read(spec);
    const record = await solveProblem(problemOf(file, 'p.json'), {
      maxSteps: 200,
      stopAtLast: true,
      method: 'explicit',
    });
    const again = read(JSON.parse(jsonText(record)) as object);
    expect(again.file.description).to.deep.equal(JSON.parse(JSON.stringify(spec)));
    expect(again.file.theta0).to.deep.equal(file.theta0);
    expect(again.earlier!.rows).to.have.length(2);
  });

  it('finds a table beside itself', () => {
    writeFileSync(join(folder, 'table.csv'), 'a,b,y\n1,2,n\n3,5,y\n2,2,n\n');
    const { file } = read(table);
    expect(file.inputs[0][2]).to.equal(1);
    expect(file.data!.labels.map(({ text }) => text)).to.deep.equal(['n', 'y']);
    expect(file.network).to.include({ inputs: 3 });
  });

  const inline = { kind: 'inline', inputs: [[1, 2]], labels: [2] };
  const refused: [string, object, string | RegExp][] = [
    ['a key that is none', { targets: [1] }, 'p.json: targets is not a known key; expected one of name, data, network, loss, start, probe, solver.'],
    ['no kind of data', { data: {} }, "p.json: data.kind is missing; expected 'inline', 'csv', "],
    ['targets that fall', { solver: { targets: [2, 1] } }, 'p.json: solver.targets[1] is 1; expected more than the target before it, 2.'],
    ['a label that is none', { data: inline }, 'p.json: data.labels[0] is 2; expected +1 or -1.'],
    ['a network on images', { network: { kind: 'resnet' } }, "p.json: network.kind is \"resnet\"; expected 'two-layer', 'deep' or 'linear'."],
    ['a tolerance too large', { solver: { targets: [1], tolerance: 1 } }, 'p.json: solver.tolerance is 1; expected a number from 1e-14 to 0.01.'],
    ['a start of another length', { start: { kind: 'theta', theta: [1] } }, 'p.json: theta0 has 1 numbers; expected 64 (hidden 16×3, output 1×16).'],
    ['a table that is not there', { ...table, data: { kind: 'csv', file: 'none.csv' } }, /^p\.json: .*none\.csv: no such file\.$/],
  ]; // prettier-ignore
  for (const [title, changes, expected] of refused) {
    it(`is refused with ${title}, in one sentence`, () => {
      expect(() => read({ ...spec, ...changes })).to.throw(expected);
    });
  }
});
