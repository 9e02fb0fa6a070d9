import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notebookFaults, readVerdict } from '../../../src/cli/reproduce/notebook-check.js';
import { chooseNotebooks } from '../../../src/cli/reproduce/notebook-list.js';
import { notebookOf, stderr, stdout, temporaryFolder } from './workshop.js';

const newFolder = temporaryFolder();

describe('an executed notebook', () => {
  it('without errors has no faults, whatever it shows', () => {
    const shown = { output_type: 'display_data', data: { 'text/plain': 'x' }, metadata: {} };
    expect(
      notebookFaults(notebookOf([{ outputs: [stdout, shown] }, { outputs: [] }])),
    ).to.deep.equal([]);
  });

  it('that wrote to stderr is told with the cell and the text', () => {
    const notebook = notebookOf([
      { outputs: [stdout] },
      { outputs: [stdout, stderr('a\n  warning\n')] },
    ]);
    expect(notebookFaults(notebook)).to.deep.equal(['Cell 2 wrote to stderr: a warning']);
  });

  it('with an uncaught error on stderr is told by the error alone', () => {
    const text =
      'evalmachine.<anonymous>:2\nthrow new Error();\n^\n\n\u001b[31mError: boom\u001b[0m\n    at x:2:7\n';
    const plain = text.replace('\u001b[31m', '').replace('\u001b[0m', '');
    for (const written of [plain, text]) {
      expect(notebookFaults(notebookOf([{ outputs: [stderr(written)] }]))).to.deep.equal([
        'Cell 1 wrote to stderr: Error: boom',
      ]);
    }
  });

  it('with an error output is told by its name and message', () => {
    const error = { output_type: 'error', ename: 'TypeError', evalue: 'no', traceback: [] };
    expect(notebookFaults(notebookOf([{ outputs: [error] }]))).to.deep.equal([
      'Cell 1 failed: TypeError: no',
    ]);
  });

  it('tells every fault, and cuts long ones', () => {
    const faults = notebookFaults(
      notebookOf([{ outputs: [stderr('x'.repeat(5000))] }, { outputs: [stderr('y')] }]),
    );
    expect(faults).to.have.length(2);
    expect(faults[0].length).to.be.below(400);
  });

  it('that is none is told', () => {
    expect(notebookFaults({ cells: 3 })).to.deep.equal(['The executed notebook cannot be read.']);
  });
});

describe("a notebook's verdict", () => {
  const verdict = { id: 'a', verdict: 'supported', expected: 'supported', evidence: [] };
  const read = (content: string) => {
    const folder = newFolder();
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.json'), content);
    return readVerdict(join(folder, 'a.json'), 'a');
  };

  it('is read from its file', () => {
    const { evidence: _, ...expected } = verdict;
    expect(read(JSON.stringify(verdict))).to.deep.equal(expected);
  });

  it('is missing, of another claim, or unreadable, each in a sentence', () => {
    expect(readVerdict(join(newFolder(), 'a.json'), 'a')).to.equal(
      'Its last cell wrote no verdict.',
    );
    expect(read(JSON.stringify({ ...verdict, id: 'b' }))).to.equal(
      'It wrote the verdict of b in place of a.',
    );
    expect(read('{')).to.match(/^Its verdict cannot be read: /);
    expect(read('{"id": "a", "verdict": "perhaps"}')).to.match(/^Its verdict cannot be read: /);
  });
});

describe('the notebooks of a run', () => {
  const files = ['02-b.ipynb', '00-quick-start.ipynb', '01-a.ipynb', 'notes.ipynb', '03-c.md'];
  const chosen = (ids: string[], all: boolean) =>
    chooseNotebooks(files, ids, all).map(({ file }) => file);

  it('are those of the chosen claims', () => {
    expect(chosen(['b'], false)).to.deep.equal(['02-b.ipynb']);
  });

  it('are all numbered ones, in order, when every claim is chosen', () => {
    expect(chosen(['a', 'b'], true)).to.deep.equal([
      '00-quick-start.ipynb',
      '01-a.ipynb',
      '02-b.ipynb',
    ]);
  });
});
