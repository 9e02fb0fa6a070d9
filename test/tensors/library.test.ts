import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadTensorFlow, tensorFlowProblem } from '../../src/tensors/index.js';
import { projectRoot } from '../helpers/project-root.js';

const compiled = join(projectRoot(), 'dist', 'tensors');

/** What a Node of its own prints, on stdout and stderr, that runs these lines. */
function printed(lines: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const args = ['--input-type=module', '-e', lines.join('\n')];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: projectRoot(),
    encoding: 'utf8',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: undefined, ...env },
  });
  expect(status, stderr).to.equal(0);
  return `${stdout}${stderr}`.trim();
}

/** Imports the module as `tensors` and prints what the expression comes to. */
const evaluating = (expression: string, file = join(compiled, 'index.js')) => [
  `const tensors = await import(${JSON.stringify(pathToFileURL(file).href)});`,
  `console.log(${expression});`,
];

/** Prints 'none', or why there is no library. */
const problemAfterLoading =
  '(await tensors.loadTensorFlow(), tensors.tensorFlowProblem()) ?? "none"';

describe('the library behind the tensors', function () {
  this.timeout(30_000);

  it('is not loaded by an import', () => {
    const loaded =
      'process.report.getReport().sharedObjects.some((name) => /tensorflow/.test(name))';
    expect(printed(evaluating(loaded))).to.equal('false');
  });

  it('is switched off by AFTERFIT_TFJS=off, with a sentence', () => {
    expect(printed(evaluating(problemAfterLoading), { AFTERFIT_TFJS: 'off' })).to.equal(
      'TensorFlow is switched off by AFTERFIT_TFJS=off.',
    );
  });

  describe('where it is not built', () => {
    let folder: string;
    let library: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'afterfit-'));
      library = join(folder, 'dist', 'tensors', 'library.js');
      mkdirSync(join(folder, '.afterfit'));
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
      cpSync(join(compiled, 'library.js'), library);
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it('says what loading it says', () => {
      expect(printed(evaluating(problemAfterLoading, library))).to.match(
        /^TensorFlow does not load, and "npm run setup" may build it: Cannot find package .*$/,
      );
    });

    it("says set-up's own reason where there is one", () => {
      const note = 'TensorFlow is left out: the moon is in the wrong house.';
      writeFileSync(join(folder, '.afterfit', 'tensorflow-problem.txt'), `${note}\n`);
      expect(printed(evaluating(problemAfterLoading, library))).to.equal(note);
    });
  });

  describe('where it is built', () => {
    before(async function () {
      if ((await loadTensorFlow()) === undefined) this.skip();
    });

    it('is loaded once', async () => {
      const tensorFlow = await loadTensorFlow();
      expect(await loadTensorFlow()).to.equal(tensorFlow);
      expect(tensorFlow?.version).to.match(/^\d+\.\d+\.\d+$/);
      expect(tensorFlowProblem()).to.equal(undefined);
    });

    it('computes, in silence, on a Node that has lost what the package calls', () => {
      const first =
        "import util from 'node:util'; delete util.isNullOrUndefined; delete util.isArray;";
      const [importing] = evaluating('');
      const lines = [
        first,
        importing,
        'const { operations } = await tensors.loadTensorFlow();',
        'console.log(operations.add(operations.scalar(3), operations.scalar(4)).dataSync()[0]);',
      ];
      expect(printed(lines)).to.equal('7');
    });
  });
});
