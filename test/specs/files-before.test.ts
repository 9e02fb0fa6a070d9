import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flowCommand } from '../../src/cli/flow.js';
import { problemFromCsv } from '../../src/cli/flow/csv-problem.js';
import { requireFitting } from '../../src/cli/flow/resume.js';
import { readProblem } from '../../src/cli/flow/problem-file.js';
import { problemOf } from '../../src/cli/flow/problem.js';
import { jsonText } from '../../src/cli/json-text.js';
import { readConfig } from '../../src/cli/train/config-file.js';
import { problemOf as trainingOf } from '../../src/cli/train/problem.js';
import type { Dataset } from '../../src/datasets/index.js';
import { experimentIn } from '../../src/specs/experiment-format.js';
import { experimentKey, type ImageTrainingExperiment } from '../../src/specs/index.js';
import type { PlainProblem } from '../../src/specs/plain-format.js';
import { projectRoot } from '../helpers/project-root.js';

const folder = join(projectRoot(), 'test', 'specs', 'fixtures');
const path = (name: string) => join(folder, 'files', name);

interface Before {
  readonly files: Readonly<Record<string, object>>;
  readonly tables: readonly { readonly words: string; readonly problem: object }[];
  readonly trainings: Readonly<Record<string, object>>;
}

/** What results said of these files before there were descriptions. */
const before = JSON.parse(readFileSync(join(folder, 'before.json'), 'utf8')) as Before;

/** What a result repeats of its problem, and α at its start. */
function repeated(file: PlainProblem): unknown {
  const { objective, degree, theta0, departure } = problemOf(file, 'p.json');
  const length = departure ? Math.exp(departure.logNorm) : Math.hypot(...theta0);
  const direction = departure?.direction ?? theta0.map((value) => value / length);
  const startAlpha = objective.alpha(direction, length ** degree);
  const { network, loss, classes, targets, inputs, labels, data } = file;
  return JSON.parse(
    jsonText({
      ...{ network, loss, homogeneity: degree, classes, targets, inputs, labels },
      ...{ theta0: file.theta0, data, startAlpha },
    }),
  );
}

function expectSame(found: unknown, expected: object): void {
  const { startAlpha, ...rest } = found as { startAlpha: number };
  const { startAlpha: alpha, ...others } = expected as { startAlpha: number };
  expect(rest).to.deep.equal(others);
  expect(startAlpha).to.be.closeTo(alpha, 1e-12 * Math.max(1, Math.abs(alpha)));
}

describe('files that worked before', () => {
  for (const [name, expected] of Object.entries(before.files)) {
    it(`still are the same problem: ${name}`, () => {
      expectSame(repeated(readProblem(path(`${name}.json`)).file), expected);
    });
  }

  for (const { words, problem } of before.tables) {
    it(`still are the same problem: a table with ${words}`, () => {
      const args = flowCommand.read([
        '--csv',
        path('table.csv'),
        '--out',
        'r',
        ...words.split(' '),
      ])!;
      const made = problemFromCsv(path('table.csv'), args.csv!, args.wishes.targets);
      expectSame(repeated(made), problem);
    });
  }

  it('still are a result that a run goes on from', () => {
    const { file, earlier } = readProblem(path('two-layer-result.json'));
    expect(earlier!.rows.map(({ target }) => target)).to.deep.equal([1, 10, 100, 1000]);
    requireFitting(problemOf(file, 'r.json'), earlier!, 'r.json');
  });

  const trainings: [string, string, number, string, string][] = [
    ['train-resnet', 'ResNet-8 1×28×28, 8–16–32', 19810, 'ad5d25623214559d', '28f682fd87e53c69'],
    ['train-densenet', 'DenseNet-BC-18 1×28×28, growth 6, without biases and batch norm', 12792, 'df4af3aa650133a2', 'd87a3a399b19d578'],
  ]; // prettier-ignore
  for (const [name, network, parameters, train, test] of trainings) {
    it(`still are the same training: ${name}`, async () => {
      const config = readConfig(path(`${name}.json`), {});
      const problem = await trainingOf(config);
      expect(problem.network).to.include({ name: network, parameters });
      expect(digest(problem.train)).to.equal(train);
      expect(digest(problem.test!)).to.equal(test);
      const { phases } = problem;
      expect(JSON.parse(jsonText({ ...config, phases }))).to.deep.equal(before.trainings[name]);
    });
  }

  for (const name of ['image-training', 'step-comparison'] as const) {
    it(`still are the same experiment: ${name}, with its images said by perClass alone`, () => {
      const read = (place: string): unknown => JSON.parse(readFileSync(place, 'utf8'));
      const earlier = experimentIn(read(path(`experiment-${name}.json`)), 'f.json');
      const docs = join(projectRoot(), 'docs', 'experiments');
      const today = experimentIn(read(join(docs, `${name}.json`)), 'f.json');
      expect(experimentKey(earlier)).to.equal(experimentKey(today));
    });
  }

  it('still ask for a full set of images by perClass 0, and for a wider network', () => {
    const file = path('experiment-image-training.json');
    const raw = JSON.parse(readFileSync(file, 'utf8')) as object;
    const { network, data, name } = experimentIn({ ...raw, perClass: 0, width: 2 }, 'f.json') as ImageTrainingExperiment; // prettier-ignore
    expect(network).to.deep.equal({ preset: 'h-alexnet-small', width: 2 });
    expect(data).to.include({ kind: 'first-found', standardise: 'channel' });
    expect(name).to.equal('h-alexnet');
    expect(() => experimentIn({ ...raw, network: 'vgg' }, 'f.json')).to.throw(/^f\.json: .*\.$/);
  });
});

function digest({ inputs, labels }: Dataset): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of [inputs, labels]) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex').slice(0, 16);
}
