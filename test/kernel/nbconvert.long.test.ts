import { expect } from 'chai';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { testPython } from './client-process.js';
import { kernelspecFolder, readOutputs, writeNotebook, type Cell } from './notebooks-on-disk.js';
import { inVenv, runProgram } from './python-program.js';

describe('a notebook that is run from the command line', function () {
  this.timeout(120_000);
  const folder = temporaryFolder('nbconvert-');
  const environment = { JUPYTER_PATH: kernelspecFolder(folder) };
  after(() => rmSync(folder, { recursive: true, force: true }));

  const execute = (path: string, ...options: string[]) => {
    const args = ['--to', 'notebook', '--execute', '--output', 'executed.ipynb', ...options, path];
    return runProgram(inVenv('jupyter-nbconvert'), args, { folder, environment });
  };

  const GOOD: Cell[] = [
    { source: "const greeting: string = 'hello';\nconsole.log(greeting);" },
    { source: 'for (let i = 0; i < 2000; i++) console.log(i);\n6 * 7' },
    { source: "import { display } from 'tslab';\ndisplay.html('<b>b</b>');\nconsole.error('e');" },
  ];

  it('by nbconvert keeps all its outputs', async () => {
    const { status, stderr } = await execute(writeNotebook(folder, 'good.ipynb', GOOD));
    expect(status, stderr).to.equal(0);
    const [first, second, third] = readOutputs(join(folder, 'executed.ipynb'));
    expect(first).to.deep.equal([{ name: 'stdout', output_type: 'stream', text: 'hello\n' }]);
    const lines = Array.from({ length: 2000 }, (_, i) => `${i}\n`).join('');
    expect(second.map(({ text = '' }) => text).join('')).to.equal(lines);
    expect(second.at(-1)).to.deep.include({
      output_type: 'execute_result',
      data: { 'text/plain': '42' },
    });
    expect(third.map(({ output_type }) => output_type)).to.deep.equal(['display_data', 'stream']);
  });

  const failures: [string, string, string, string][] = [
    ['an exception', "throw new RangeError('too far');", 'RangeError', 'too far'],
    ['a wrong type', "const n: number = 'x';", 'TypeCheckError', 'not assignable'],
    ['a process that exits', 'process.exit(3);', 'SessionEnded', 'process.exit(3)'],
  ];
  for (const [what, source, ename, evalue] of failures) {
    it(`by nbconvert has exit status 1 and the error’s name after ${what}`, async () => {
      const path = writeNotebook(folder, 'bad.ipynb', [...GOOD, { source }, { source: "'after'" }]);
      const { status, stderr } = await execute(path);
      expect(status, stderr).to.equal(1);
      expect(stderr).to.include(ename).and.include(evalue);
    });
  }

  it('by nbconvert goes on after errors where it is told to', async () => {
    const cells = [{ source: "throw new Error('x');" }, { source: "'after'" }];
    const path = writeNotebook(folder, 'allowed.ipynb', cells);
    const { status, stderr } = await execute(path, '--allow-errors');
    expect(status, stderr).to.equal(0);
    const [failed, after] = readOutputs(join(folder, 'executed.ipynb'));
    expect(failed.map(({ output_type, ename }) => [output_type, ename])).to.deep.equal([
      ['error', 'Error'],
    ]);
    expect(after[0].data).to.deep.equal({ 'text/plain': "'after'" });
  });

  it('by nbconvert is stopped after the seconds that a cell may take, and goes on', async () => {
    const cells = [
      { source: "var kept = 3;\nconsole.log('begun');\nfor (;;);" },
      { source: 'kept' },
    ];
    const path = writeNotebook(folder, 'endless.ipynb', cells);
    const options = ['--allow-errors', '--ExecutePreprocessor.timeout=3'];
    const { status, stderr } = await execute(
      path,
      ...options,
      '--ExecutePreprocessor.interrupt_on_timeout=True',
    );
    expect(status, stderr).to.equal(0);
    const [endless, after] = readOutputs(join(folder, 'executed.ipynb'));
    expect(endless.at(-1)).to.include({ output_type: 'error', ename: 'Interrupted' });
    expect(after[0].data).to.deep.equal({ 'text/plain': '3' });
  });

  it('by nbconvert becomes a script with the ending of its language', async () => {
    const path = writeNotebook(folder, 'scripted.ipynb', GOOD);
    const { status, stderr } = await execute(path);
    expect(status, stderr).to.equal(0);
    const args = ['--to', 'script', 'executed.ipynb'];
    const script = await runProgram(inVenv('jupyter-nbconvert'), args, { folder, environment });
    expect(script.status, script.stderr).to.equal(0);
    expect(existsSync(join(folder, 'executed.ts')), 'executed.ts').to.equal(true);
    expect(readFileSync(join(folder, 'executed.ts'), 'utf8')).to.include('const greeting: string');
  });

  it('by nbclient keeps outputs, numbers and display updates', async () => {
    const cells = [
      ...GOOD,
      {
        source:
          "import { newDisplay } from 'tslab';\nconst place = newDisplay();\nplace.text('old');",
      },
      { source: "place.text('new');" },
    ];
    const path = writeNotebook(folder, 'client.ipynb', cells);
    const program =
      'import nbformat, nbclient, sys\n' +
      'notebook = nbformat.read(sys.argv[1], as_version=4)\n' +
      'nbclient.NotebookClient(notebook, timeout=60).execute()\n' +
      'nbformat.validate(notebook)\n' +
      "assert [c.execution_count for c in notebook.cells] == [1, 2, 3, 4, 5], 'numbers'\n" +
      'nbformat.write(notebook, sys.argv[1])\n';
    const run = await runProgram(testPython(), ['-c', program, path], { folder, environment });
    expect(run.status, run.stderr).to.equal(0);
    const outputs = readOutputs(path);
    expect(outputs[1].at(-1)!.data).to.deep.equal({ 'text/plain': '42' });
    expect(outputs[3].map(({ data }) => data)).to.deep.equal([{ 'text/plain': 'new' }]);
  });
});
