import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { arraysIn } from '../../src/datasets/npz.js';
import type { AnyRecord } from '../../src/records/index.js';
import { readRecord, writeRecord } from '../../src/records/node/index.js';
import { projectRoot } from '../helpers/project-root.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';

/** The Python blocks of docs/records.md, in their order. */
function blocks(): string[] {
  const page = readFileSync(join(projectRoot(), 'docs', 'records.md'), 'utf8');
  return [...page.matchAll(/^```python\n([\s\S]*?)^```/gm)].map(([, block]) => block);
}

/** The project's Python, or else one of the machine's, where it has a package. */
function pythonWith(name: string): string | undefined {
  const own = join(projectRoot(), '.venv', 'bin', 'python');
  // Distributions' packages are those of /usr/bin/python3, whatever the path finds first.
  return [own, 'python3', '/usr/bin/python3'].find((python) => {
    if (python === own && !existsSync(own)) return false;
    return spawnSync(python, ['-c', `import ${name}`]).status === 0;
  });
}

const written = {
  kind: 'flow',
  decades: Array.from({ length: 4 }, (_, k) => ({ from: 10 ** k, to: 10 ** (k + 1), length: 2 })),
  result: { message: 'Here it ends.' },
  measurements: {
    alpha: Float64Array.of(1, 10, 100),
    alignmentAngle: Float64Array.of(0.5, 0.25, NaN),
  },
  kinks: Array.from({ length: 16 }, (_, k) => (k < 2 ? [] : [{ example: k, unit: 1, slope: 0.5 }])),
} as unknown as AnyRecord;

describe('a record in Python', () => {
  let folder: string;
  before(() => {
    folder = temporaryFolder('python-');
    const origin = { spec: {}, node: '', linearAlgebra: '', code: 'abc' };
    writeRecord(join(folder, 'my-flow'), written, origin);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function run(python: string, text: string): string[] {
    const program = join(folder, 'program.py');
    writeFileSync(program, text);
    const { status, stdout, stderr } = spawnSync(python, [program], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
    return stdout.trim().split('\n');
  }

  it('has the arrays and the columns that docs/records.md names', () => {
    const { origin, record } = readRecord(join(folder, 'my-flow'));
    expect(origin.code).to.equal('abc');
    expect(record).to.deep.equal(written);
    const file = join(folder, 'my-flow', 'arrays.npz');
    const names = [...arraysIn(readFileSync(file), file).keys()];
    const named = [
      ...blocks()
        .join('')
        .matchAll(/arrays\["([^"]+)"\]/g),
    ].map(([, name]) => name);
    expect(named).to.have.length(4);
    expect(names).to.include.members([...named, 'decades/from', 'decades/to', 'decades/length']);
  });

  it('is read by NumPy as docs/records.md says', function () {
    this.timeout(60_000);
    const python = pythonWith('numpy');
    if (python === undefined) return this.skip();
    const [numpy, , kinks] = blocks();
    const lines = run(
      python,
      `${numpy}
${kinks}
print(decades["to"].tolist())
print(per_row[1].tolist(), per_row[3].tolist())
print(alpha.tolist(), angle[0] > 28.6, np.isnan(angle[2]))
`,
    );
    expect(lines).to.deep.equal([
      '1 flow Here it ends.',
      '[10.0, 100.0, 1000.0, 10000.0]',
      '[] [0.5]',
      '[1.0, 10.0, 100.0] True True',
    ]);
  });

  it('is read by pandas as docs/records.md says', function () {
    this.timeout(60_000);
    const python = pythonWith('pandas');
    if (python === undefined) return this.skip();
    const lines = run(python, `${blocks().join('\n')}\nprint(table.shape, list(table.columns))\n`);
    expect(lines.at(-1)).to.equal("(4, 3) ['from', 'to', 'length']");
  });
});
