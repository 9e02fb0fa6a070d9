import { expect } from 'chai';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';
import { testPython } from './client-process.js';
import { kernelArgv } from './live-kernel.js';
import { runProgram } from './python-program.js';

interface Outcome {
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly said: string;
}

/** The tests of jupyter_kernel_test 0.7.0. */
const NAMES = [
  'kernel_info',
  'execute_stdout',
  'execute_stderr',
  'completion',
  'is_complete',
  'pager',
  'error',
  'execute_result',
  'display_data',
  'history',
  'inspect',
  'clear_output',
];

describe('jupyter_kernel_test', function () {
  this.timeout(150_000);
  let outcomes: Record<string, Outcome> = {};

  before(async () => {
    const script = join(projectRoot(), 'test', 'kernel', 'conformance.py');
    const environment = { AFTERFIT_TEST_ARGV: JSON.stringify(kernelArgv()) };
    const { stdout, stderr } = await runProgram(testPython(), [script], { environment });
    const report = stdout.trim().split('\n').at(-1) ?? '';
    expect(report, stderr).to.match(/^\{/);
    outcomes = JSON.parse(report) as Record<string, Outcome>;
  });

  it('has the tests that are listed here, and no other', () => {
    expect(Object.keys(outcomes)).to.have.members(NAMES.map((name) => `test_${name}`));
  });

  for (const name of NAMES) {
    it(`passes ${name}`, () => {
      const { outcome, said } = outcomes[`test_${name}`] ?? { outcome: 'not run', said: '' };
      expect(outcome, said).to.equal('passed');
    });
  }
});
