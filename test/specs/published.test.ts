import Ajv from 'ajv';
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { experimentIn } from '../../src/specs/experiment-format.js';
import { withTables } from '../../src/specs/field-tables.js';
import { networkInFile } from '../../src/specs/network-file.js';
import { parseSpec } from '../../src/specs/faults.js';
import { planarSpec } from '../../src/specs/index.js';
import { plainProblem } from '../../src/specs/plain-problem.js';
import { flowFileFormat } from '../../src/specs/problem.js';
import { publishedNames, publishedText, type PublishedName } from '../../src/specs/published.js';
import { sweepFormat } from '../../src/specs/sweep-format.js';
import { trainingFormat } from '../../src/specs/training.js';
import { projectRoot } from '../helpers/project-root.js';

const root = projectRoot();
const text = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const json = (...path: string[]) => JSON.parse(text(...path)) as unknown;
const fixture = (name: string) => json('test', 'specs', 'fixtures', 'files', `${name}.json`);

/** The first fenced JSON of a document that has a key, on its own. */
function exampleIn(page: string, key: string): unknown {
  const blocks = [...text('docs', page).matchAll(/^( *)```json\n([\s\S]*?)^ *```/gm)];
  const block = blocks.map(([, , content]) => content).find((content) => content.includes(key));
  return JSON.parse(block!);
}

const validators = new Map(
  publishedNames.map((name) => [
    name,
    new Ajv().compile(json('docs', 'schemas', `${name}.schema.json`) as object),
  ]),
);

/** What the published schema says against a file; null where it takes it. */
function complaints(name: PublishedName, raw: unknown): unknown {
  const validate = validators.get(name)!;
  return validate(raw) ? null : validate.errors;
}

/** Without the spaces with which the formatter lines columns up. */
const flat = (page: string) => page.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

const renew = 'run `node dist/specs/node/publish.js` after a build, then `npm run format`';

describe('the published schemas', () => {
  for (const name of publishedNames) {
    it(`are those of the program: ${name}`, () => {
      const committed = text('docs', 'schemas', `${name}.schema.json`);
      expect(committed === publishedText(name), renew).to.equal(true);
    });
  }

  for (const page of ['flow.md', 'train.md', 'records.md']) {
    it(`are what the tables of docs/${page} say`, () => {
      const committed = text('docs', page);
      expect(committed).to.contain('<!-- table: ');
      expect(flat(committed), renew).to.equal(flat(withTables(committed)));
    });
  }

  const experiments = readdirSync(join(root, 'docs', 'experiments'));

  it('have an example of every kind of experiment, in a file of its name', () => {
    type Kind = { properties: { kind: { const: string } } };
    const { oneOf, definitions } = json('docs', 'schemas', 'experiment.schema.json') as {
      oneOf: (Kind | { $ref: string })[];
      definitions: Record<string, Kind>;
    };
    const there = (kind: Kind | { $ref: string }) =>
      '$ref' in kind ? definitions[kind.$ref.replace('#/definitions/', '')] : kind;
    const kinds = oneOf.map((kind) => `${there(kind).properties.kind.const}.json`);
    expect(experiments.sort()).to.deep.equal(kinds.sort());
    for (const file of experiments) {
      expect(json('docs', 'experiments', file)).to.include({ kind: file.replace('.json', '') });
    }
  });

  const described = { ...planarSpec('relu', 1), solver: { targets: [10] } };
  const taken: [PublishedName, string, unknown][] = [
    ...['two-layer', 'hidden-only', 'three-classes', 'linear', 'two-layer-result'].map(
      (name): [PublishedName, string, unknown] => ['flow-problem', name, fixture(name)],
    ),
    ...['relu', 'squared-relu'].map((name): [PublishedName, string, unknown] => [
      'flow-problem',
      `the reference ${name}`,
      json('datasets', 'reference', `flow-${name}.json`),
    ]),
    ['flow-problem', 'the problem of docs/flow.md', exampleIn('flow.md', 'theta0')],
    ['flow-problem', 'the description of docs/flow.md', exampleIn('flow.md', '"solver"')],
    ['flow-problem', 'a planar description', described],
    ['training', 'train-resnet', fixture('train-resnet')],
    ['training', 'train-densenet', fixture('train-densenet')],
    ['training', 'the training of docs/train.md', exampleIn('train.md', 'phases')],
    ['network', 'network', fixture('network')],
    ['sweep', 'the sweep of docs/sweeps.md', exampleIn('sweeps.md', 'axes')],
    ['network', 'the network of docs/measure.md', exampleIn('measure.md', 'parts')],
    ...experiments.map((file): [PublishedName, string, unknown] => [
      'experiment',
      `docs/experiments/${file}`,
      json('docs', 'experiments', file),
    ]),
    ['network', 'a residual network', { kind: 'resnet', widths: [4], $schema: 'x' }],
  ];
  for (const [name, title, raw] of taken) {
    it(`take what the commands take: ${title}`, () => {
      expect(complaints(name, raw)).to.equal(null);
      parsed(name, raw);
    });
  }

  const [good, training, network] = [fixture('two-layer'), fixture('train-resnet'), fixture('network')] as object[]; // prettier-ignore
  const [flow, trained, compared] = ['flow', 'image-training', 'step-comparison'].map(
    (kind) => json('docs', 'experiments', `${kind}.json`) as object,
  );
  const deep = { kind: 'deep', widths: [2, 1], activation: 'relu' };
  const refused: [PublishedName, string, unknown][] = [
    ['flow-problem', 'a key that is none', { ...good, target: [1] }],
    ['flow-problem', 'another loss', { ...good, loss: 'hinge' }],
    ['flow-problem', 'another activation', { ...good, network: { ...deep, activation: 'tanh' } }],
    ['flow-problem', 'a bias', { ...good, network: { ...deep, bias: true } }],
    ['flow-problem', 'half a network', { ...good, network: { ...deep, trained: ['hidden'] } }],
    ['flow-problem', 'no targets', { ...described, solver: {} }],
    ['training', 'a momentum of 1', { ...training, phases: [{ kind: 'sgd', momentum: 1 }] }],
    ['training', 'another network', { ...training, network: 'vgg' }],
    ['experiment', 'a kind that is none', { ...flow, kind: 'ascent' }],
    ['experiment', 'no decades', { ...flow, decades: 0 }],
    ['experiment', 'half a width', { ...trained, network: { preset: 'resnet-small', width: 0.5 } }],
    ['experiment', 'another fit', { ...compared, fit: { kind: 'descent' } }],
    ['experiment', 'a key that is none', { ...flow, decade: 1 }],
    ['network', 'a part that is none', { ...network, parts: [{ kind: 'dropout' }] }],
  ];
  for (const [name, title, raw] of refused) {
    it(`refuse what the commands refuse: ${title}`, () => {
      expect(complaints(name, raw)).not.to.equal(null);
      expect(() => parsed(name, raw)).to.throw(/^f\.json: .*\.$/);
    });
  }
});

/** The same by the program, which throws. */
function parsed(name: PublishedName, raw: unknown): void {
  const inTheOpen = 'theta0' in (raw as object);
  const shortened = inTheOpen && (raw as { theta0: number[] }).theta0.length === 2;
  if (name === 'training') parseSpec(trainingFormat, raw, 'f.json');
  else if (name === 'network') networkInFile(raw, 'f.json');
  else if (name === 'experiment') experimentIn(raw, 'f.json');
  else if (name === 'sweep') parseSpec(sweepFormat, raw, 'f.json');
  else if (!inTheOpen) parseSpec(flowFileFormat, raw, 'f.json');
  else if (!shortened) plainProblem(raw, 'f.json');
}

describe('the tables of a document', () => {
  it('are put where it names them, and one that is none is told', () => {
    const page = 'Before.\n\n<!-- table: start -->\nold\n<!-- end -->\n\nAfter.\n';
    expect(withTables(page)).to.contain('| `npz` | `file`, [`array`] |');
    expect(withTables(withTables(page))).to.equal(withTables(page));
    expect(() => withTables(page.replace('start', 'begin'))).to.throw(
      "There is no table 'begin'; expected one of problem, description, ",
    );
  });
});
