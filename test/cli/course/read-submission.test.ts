import { expect } from 'chai';
import {
  chownSync,
  linkSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { collectFrom } from '../../../src/cli/course/collect.js';
import { studentsView } from '../../../src/cli/course/feedback.js';
import { bytesOfStudent, preflight } from '../../../src/cli/course/grading/preflight.js';
import { readSubmission } from '../../../src/cli/course/grading/read-submission.js';
import { shownOutputs } from '../../../src/cli/course/grading/shown-outputs.js';
import {
  addToJournal,
  readJournal,
  reportLine,
  type Entry,
} from '../../../src/cli/course/journal.js';
import type { Cell } from '../../../src/cli/course/notebook.js';
import { demoSet } from './demo-set.js';
import { emptyCourse, handIn, notebookText, RIGHT } from './submissions.js';

const set = demoSet();
const cellOf = (cells: Cell[], id: string) => cells.findIndex(({ metadata }) => metadata.nbgrader?.grade_id === id); // prettier-ignore
const changed = (change: (cells: Cell[]) => unknown) => readSubmission(notebookText(RIGHT, [], change), set); // prettier-ignore

describe('a file that a student handed in', () => {
  it('is its answers by their names, and the student’s own cells where they stood', () => {
    const found = readSubmission(notebookText(RIGHT, ['const mine = 1;']), set);
    expect(found).to.deep.equal({
      answers: new Map(Object.entries(RIGHT)),
      own: [{ after: 'imports', source: 'const mine = 1;' }],
      notes: [],
    });
  });

  it('is read whatever it says of given cells and of nbgrader', () => {
    const found = changed((cells) => {
      for (const [k, cell] of cells.entries()) {
        const nbgrader = {
          ...cell.metadata.nbgrader!,
          schema_version: 1,
          points: 100,
          locked: false,
        };
        cells[k] = { ...cell, source: cell.source, metadata: { nbgrader }, outputs: [{ a: 1 }] };
      }
      cells[cellOf(cells, 't1')] = { ...cells[cellOf(cells, 't1')], source: '4' };
      cells.push(cells[cellOf(cells, 't2')], { ...cells[cellOf(cells, 'f1')] });
    });
    expect(found).to.deep.equal({ answers: new Map(Object.entries(RIGHT)), own: [], notes: [] });
  });

  it('without an answer has its stub, and a note', () => {
    const found = changed((cells) => cells.splice(cellOf(cells, 'f2'), 1));
    expect(found).to.deep.include({ notes: ['f2 is missing'] });
  });

  const refused: [string, string, RegExp][] = [
    ['nothing', '', /no JSON/],
    ['half a file', notebookText(RIGHT).slice(0, 500), /no JSON/],
    ['something else', '[1, {"cells": 3}]', /no notebook/],
    ['cells of something else', '{"cells": [null, 3, {"cell_type": "code", "source": [1]}]}', /none of its cells/],
    ['an older format', JSON.stringify({ worksheets: [] }), /no notebook/],
    ['many cells', JSON.stringify({ cells: Array(3000).fill({}) }), /more than 2000 cells/],
    ['long answers', notebookText({ ...RIGHT, f1: 'x'.repeat(2e6) }), /too long/],
    ['many cells of its own', notebookText(RIGHT, Array<string>(200).fill('1')), /more than 100 cells of its own/],
    ['two answers', notebookText(RIGHT, [], (cells) => cells.push({ ...cells[cellOf(cells, 'f1')], source: 'other' })), /f1 is there twice/],
    ['an answer of another kind', notebookText(RIGHT, [], (cells) => (cells[cellOf(cells, 'f1')] = { ...cells[cellOf(cells, 'f1')], cell_type: 'markdown' })), /f1 is no code cell/],
    ['no names', notebookText(RIGHT, [], (cells) => cells.forEach((cell, k) => (cells[k] = { ...cell, metadata: {} }))), /none of its cells is an answer to demo/],
  ]; // prettier-ignore
  for (const [what, text, reason] of refused) {
    it(`that holds ${what} is refused with a reason`, () => {
      const found = readSubmission(text, set);
      expect('refused' in found && found.refused).to.match(reason);
    });
  }

  it('is read in a process of its own, and refused where that runs out of memory', async () => {
    const course = emptyCourse();
    const right = await preflight(handIn(course, 'right', notebookText(RIGHT)), set);
    expect(right).to.deep.include({ answers: new Map(Object.entries(RIGHT)) });
    // 5 MB that are hundreds of them once they are read.
    const deep = handIn(course, 'deep', `{"cells": [${'{},'.repeat(1_700_000)}{}]}`);
    expect(await preflight(deep, set)).to.have.property('refused');
    const nested = handIn(course, 'nested', '['.repeat(4_000_000));
    expect(await preflight(nested, set)).to.have.property('refused');
  }).timeout(60_000);

  it('is not touched where it is a link, no plain file or long', () => {
    const course = emptyCourse();
    const file = handIn(course, 'a', notebookText(RIGHT));
    const other = join(course, 'submitted');
    symlinkSync(file, join(other, 'link.ipynb'));
    symlinkSync(join(other, 'a'), join(other, 'folder'));
    expect(bytesOfStudent(other, 'a/demo/demo.ipynb')).to.deep.equal(
      new Uint8Array(readFileSync(file)),
    );
    expect(bytesOfStudent(other, 'link.ipynb')).to.deep.equal({ refused: 'it is a link' });
    expect(bytesOfStudent(other, 'folder/demo/demo.ipynb')).to.deep.equal({
      refused: 'it is a link',
    });
    expect(bytesOfStudent(other, 'a')).to.deep.equal({ refused: 'it is no plain file' });
    expect(bytesOfStudent(other, 'b')).to.deep.equal({ refused: 'the file is not there' });
    truncateSync(file, 200 * 2 ** 20);
    expect(bytesOfStudent(other, 'a/demo/demo.ipynb')).to.deep.equal({
      refused: 'the file has more than 5 MB',
    });
  });
});

describe('collecting', () => {
  it('takes the last of each student, out of an exchange, folders and files', () => {
    const [course, inbound] = [emptyCourse(), emptyCourse()];
    const put = (path: string, text: string) => {
      mkdirSync(join(inbound, path, '..'), { recursive: true });
      writeFileSync(join(inbound, path), text);
    };
    put('ada+demo+2026-11-01 10:00:00 UTC+x/demo.ipynb', 'first');
    put('ada+demo+2026-11-02 10:00:00 UTC+y/demo.ipynb', 'second');
    put('ada+other+2026-11-02 10:00:00 UTC+y/other.ipynb', 'another set');
    put('bob/demo (1).ipynb', 'renamed');
    put('cleo_late_123_demo.ipynb', 'a file');
    put('dan/a.ipynb', 'one');
    put('dan/b.ipynb', 'or the other');
    put('=eve/demo.ipynb', 'a formula');
    mkdirSync(join(inbound, 'fay'));
    symlinkSync('/etc/passwd', join(inbound, 'fay', 'demo.ipynb'));
    symlinkSync(join(inbound, 'bob'), join(inbound, 'gus'));
    linkSync(join(inbound, 'dan', 'a.ipynb'), join(inbound, 'hal_demo.ipynb'));
    put('notes.txt', 'no notebook');
    const said = collectFrom(course, 'demo', inbound).map(({ student, said, isRefused }) => `${student}: ${isRefused ? said : 'taken'}`); // prettier-ignore
    expect(said).to.deep.equal([
      "=eve: '=eve' can be no student's name",
      'ada: taken',
      'bob: taken',
      'cleo: taken',
      'dan: there are several notebooks, and no demo.ipynb',
      'fay: it is a link',
      'gus: it is a link',
      'hal: taken',
    ]);
    const text = (student: string) => readFileSync(join(course, 'submitted', student, 'demo', 'demo.ipynb'), 'utf8'); // prettier-ignore
    expect(['ada', 'bob', 'cleo'].map(text)).to.deep.equal(['second', 'renamed', 'a file']);
    expect(text('fay')).not.to.include('root');
    const stamp = readFileSync(join(course, 'submitted', 'ada', 'demo', 'timestamp.txt'), 'utf8');
    expect(stamp).to.match(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n$/);
    const again = collectFrom(course, 'demo', inbound).find(({ student }) => student === 'ada');
    expect(again?.said).to.equal('nothing new');
  });
});

describe('what others see of a submission', () => {
  it('is texts and pictures alone, and no more than a page of them', () => {
    const html = {
      'text/html': '<script>1</script>',
      'text/plain': 'plain',
      'image/svg+xml': '<svg/>',
      'image/png': 'iVBORw0=',
    };
    const shown = shownOutputs(
      [
        { output_type: 'display_data', data: html, metadata: { a: 1 } },
        { output_type: 'display_data', data: { 'image/png': '"><script>' }, metadata: {} },
        {
          output_type: 'error',
          ename: 1 as unknown as string,
          evalue: 'x',
          traceback: 'y' as unknown as string[],
        },
        { output_type: 'stream', name: 'stdout', text: 'x'.repeat(30_000) },
        { output_type: 'stream', name: 'stdout', text: 'more' },
      ],
      3,
    ) as { text?: string }[];
    expect(shown.slice(0, 3)).to.deep.equal([
      {
        output_type: 'display_data',
        data: { 'text/plain': 'plain', 'image/png': 'iVBORw0=' },
        metadata: {},
      },
      { output_type: 'display_data', data: { 'text/plain': '' }, metadata: {} },
      { output_type: 'error', ename: '', evalue: 'x', traceback: [] },
    ]);
    expect(shown).to.have.length(4);
    expect(shown[3].text!.length).to.be.below(20_100);
  });

  it('has no hidden test, and of what tests print only the lines of marking', () => {
    const printed =
      'Not yet: a property (0 of 1 point)\nStudentError: [1,2,3]\nnormalized margin: 2 of 4 points in these tests.\n';
    const cells = set.source.cells.map((cell) => ({
      ...cell,
      outputs: [
        { output_type: 'stream', name: 'stdout', text: printed },
        { output_type: 'error', ename: 'E', evalue: '[1,2,3]', traceback: ['[1,2,3]'] },
      ],
    }));
    const view = studentsView({ ...set.source, cells });
    const test = view.cells.find(({ id }) => id === 't1')!;
    expect(test.source).to.equal(set.released.cells.find(({ id }) => id === 't1')!.source);
    expect(test.outputs).to.deep.equal([
      {
        output_type: 'stream',
        name: 'stdout',
        text: 'Not yet: a property (0 of 1 point)\nnormalized margin: 2 of 4 points in these tests.\nThe tests of this cell did not run to their end.\n',
      },
    ]);
  });
});

describe('the journal of grading', () => {
  const entry: Entry = {
    student: 'ada',
    key: 'k',
    earned: 3,
    possible: 9,
    byHand: true,
    sandbox: true,
    notes: [],
  };

  it('keeps the last entry of each student, whatever was being written at the end', () => {
    const course = emptyCourse();
    mkdirSync(join(course, 'journal'));
    addToJournal(course, 'demo', entry);
    writeFileSync(join(course, 'journal', 'demo.jsonl'), '{"student": "bob", "ea', { flag: 'a' });
    addToJournal(course, 'demo', { ...entry, earned: 4 });
    expect([...readJournal(course, 'demo').values()]).to.deep.equal([{ ...entry, earned: 4 }]);
  });

  it('is told a line a student', () => {
    expect(reportLine(entry)).to.equal(`${'ada'.padEnd(20)}  3 of 9, more by hand`);
    expect(reportLine({ ...entry, notes: ['a', 'b', 'c', 'd'] })).to.match(
      / {2}a; b; c and 1 more$/,
    );
    expect(reportLine({ ...entry, refused: 'it is a link' })).to.match(/refused: it is a link$/);
    expect(reportLine({ ...entry, failed: 'no judge' })).to.match(/not graded: no judge$/);
  });

  it('takes from an exchange what its student has put there alone, and goes on where a folder is closed', function () {
    if (process.getuid?.() !== 0) return this.skip();
    const [course, inbound] = [emptyCourse(), emptyCourse()];
    const people = join(emptyCourse(), 'people.json');
    writeFileSync(people, JSON.stringify({ 64501: 'ada', 64502: 'bob' }));
    const put = (name: string, owner: number) => {
      mkdirSync(join(inbound, name));
      writeFileSync(join(inbound, name, 'demo.ipynb'), name);
      chownSync(join(inbound, name), owner, owner);
    };
    put('ada+demo+1+x', 64501);
    // Later, under ada's name, by somebody who has handed in nothing.
    put('ada+demo+2+x', 64502);
    put('cleo+demo+1+x', 64503);
    process.env.AFTERFIT_PEOPLE = people;
    try {
      const said = collectFrom(course, 'demo', inbound);
      const refused = said.filter(({ isRefused }) => isRefused).map(({ said }) => said);
      expect(refused).to.deep.equal([
        'it was handed in by bob',
        'it was handed in by number 64503',
      ]);
      const file = join(course, 'submitted', 'ada', 'demo', 'demo.ipynb');
      expect(readFileSync(file, 'utf8')).to.equal('ada+demo+1+x');
    } finally {
      delete process.env.AFTERFIT_PEOPLE;
    }
  });
});
