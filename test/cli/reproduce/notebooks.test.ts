import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  evidenceFault,
  notebookFaults,
  readVerdict,
} from '../../../src/cli/reproduce/notebook-check.js';
import { chooseNotebooks } from '../../../src/cli/reproduce/notebook-list.js';
import { notebookOf, stderr, stdout, temporaryFolder } from './made-up-parts.js';

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

describe("a notebook's numbers", () => {
  const claimed = [
    { metric: 'size', value: 0.1 },
    { metric: 'ratio', value: NaN },
    { metric: 'bound', value: Infinity },
  ];

  it('are the claim’s to the last digit, NaN and −0 among them', () => {
    expect(evidenceFault(claimed, claimed)).to.equal(undefined);
    expect(evidenceFault([{ metric: 'a', value: 0 }], [{ metric: 'a', value: -0 }])).to.equal(
      undefined,
    );
  });

  it('are told where one differs, is missing, or is one too many', () => {
    const fault = (seen: typeof claimed) => evidenceFault(seen, claimed);
    expect(fault(claimed.map((piece, k) => (k === 1 ? { ...piece, value: 2 } : piece)))).to.equal(
      'Its numbers are not the claim’s: ratio is NaN, and it found 2.',
    );
    expect(fault(claimed.slice(0, 2))).to.equal(
      'Its numbers are not the claim’s: bound is Infinity, and it has none.',
    );
    expect(fault([...claimed, { metric: 'more', value: 1 }])).to.equal(
      'Its numbers are not the claim’s: it has 4 of them, the claim 3.',
    );
  });
});

describe("a notebook's verdict", () => {
  const evidence = [
    { metric: 'size', value: 0.1 },
    { metric: 'bound', value: Infinity },
  ];
  const verdict = { id: 'a', verdict: 'supported', expected: 'supported' };
  const read = (content: string) => {
    const folder = newFolder();
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.json'), content);
    return readVerdict(join(folder, 'a.json'), 'a');
  };

  it('is read from its file', () => {
    const written = evidence.map((piece) => ({ ...piece, value: String(piece.value), note: 'a' }));
    const numbers = [{ ...written[0], value: 0.1 }, written[1]];
    expect(read(JSON.stringify({ ...verdict, evidence: numbers }))).to.deep.equal({
      ...verdict,
      evidence,
    });
    expect(read(JSON.stringify(verdict))).to.deep.equal({ ...verdict, evidence: [] });
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

  it('are also further ones on those claims, which have a letter behind the number', () => {
    const more = [...files, '02b-look-again.ipynb', '07b-alone.ipynb'];
    const found = chooseNotebooks(more, ['b'], false);
    expect(found.map(({ id, file }) => [id, file])).to.deep.equal([
      ['b', '02-b.ipynb'],
      ['b', '02b-look-again.ipynb'],
    ]);
    expect(chooseNotebooks(more, [], true).at(-1)).to.include({ id: 'alone' });
  });

  it('are all numbered ones, in order, when every claim is chosen', () => {
    expect(chosen(['a', 'b'], true)).to.deep.equal([
      '00-quick-start.ipynb',
      '01-a.ipynb',
      '02-b.ipynb',
    ]);
  });
});
