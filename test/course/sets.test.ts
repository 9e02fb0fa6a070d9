import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as afterfit from '../../src/index.js';
import {
  courseNotebooks,
  importsOf,
  looseLoops,
  shorthandProperties,
  syntaxErrors,
  type NotebookCell,
} from '../notebooks/notebook-file.js';

/** What nbgrader keeps with a cell. */
interface Grading {
  readonly grade: boolean;
  readonly grade_id: string;
  readonly locked: boolean;
  readonly points?: number;
  readonly schema_version: number;
  readonly solution: boolean;
  readonly task: boolean;
}

const LONGEST_CELL = 15;
const LONGEST_TEST = 24;
const WIDEST_LINE = 100;

const gradingOf = ({ raw }: NotebookCell) =>
  (raw.metadata as { readonly nbgrader?: Grading }).nbgrader;
const isTest = (cell: NotebookCell) => {
  const grading = gradingOf(cell);
  return grading !== undefined && grading.grade && !grading.solution;
};
const isSolution = (cell: NotebookCell) => gradingOf(cell)?.solution === true;

/** The cell as students get it: nbgrader puts a stub where the solution stood, and takes hidden tests away. */
const released = (source: string) =>
  source
    .replace(
      /^([ \t]*)\/\/ BEGIN SOLUTION[\s\S]*?\/\/ END SOLUTION/gm,
      "$1throw new Error('not yet written');",
    )
    .replace(/^[ \t]*\/\/ BEGIN HIDDEN TESTS[\s\S]*?\/\/ END HIDDEN TESTS\n/gm, '');

const sum = (values: readonly number[]) => values.reduce((all, each) => all + each, 0);
const pointsOf = (source: string) =>
  sum(Array.from(source.matchAll(/\.part\(([\d.]+),/g), ([, points]) => Number(points)));

describe('the problem sets of the course', () => {
  for (const { file, path, content, cells, text } of courseNotebooks()) {
    const code = cells.filter(({ kind }) => kind === 'code');
    const prose = cells.filter(({ kind }) => kind === 'markdown');
    const tests = code.filter(isTest);

    describe(file, () => {
      it('is a notebook of nbformat 4.5 for the tslab kernel, as Jupyter writes it', () => {
        expect([content.nbformat, content.nbformat_minor]).to.deep.equal([4, 5]);
        const { kernelspec } = content.metadata as { kernelspec: object };
        expect(kernelspec).to.include({ language: 'typescript', name: 'tslab' });
        expect(text).to.equal(`${JSON.stringify(content, null, 1)}\n`);
        for (const { raw } of code) {
          expect(raw.outputs).to.deep.equal([]);
          expect(raw.execution_count).to.equal(null);
        }
      });

      it('has cells with an id of their own, by which they are graded', () => {
        expect(new Set(cells.map(({ id }) => id)).size).to.equal(cells.length);
        for (const cell of cells) {
          const grading = gradingOf(cell);
          if (grading === undefined) continue;
          expect(grading, cell.id).to.include({
            grade_id: cell.id,
            schema_version: 3,
            task: false,
            locked: !grading.solution,
          });
          expect(typeof grading.points, cell.id).to.equal(grading.grade ? 'number' : 'undefined');
        }
      });

      it('says what one learns, needs and has time for', () => {
        const [title] = prose;
        expect(title.source).to.match(/^# Problem set \d+: /);
        expect(title.source).to.include('**You will be able to**').and.include('**You need**');
        const parts = prose.flatMap(({ source }) =>
          Array.from(source.matchAll(/^## ([A-Z]\. .*) \((\d+) minutes, (\d+) points\)$/gm)),
        );
        const rows = parts.map(
          ([, name, minutes, points]) => `| ${name} | ${minutes} | ${points} |`,
        );
        const minutes = sum(parts.map((part) => Number(part[2])));
        const points = sum(parts.map((part) => Number(part[3])));
        const all = `| all | ${minutes} | ${points} |`;
        expect(title.source).to.include([...rows, all].join('\n'));
        expect(minutes).to.be.within(60, 90);
        expect(points).to.equal(sum(cells.map((cell) => gradingOf(cell)?.points ?? 0)));
      });

      it('gives in its tests the points that it promises, some of them for what students see', () => {
        for (const cell of tests) {
          expect(pointsOf(cell.source), cell.id).to.equal(gradingOf(cell)!.points);
          const visible = pointsOf(released(cell.source));
          expect(visible, cell.id).to.be.within(0.5, gradingOf(cell)!.points! - 0.5);
          expect(cell.source, cell.id).to.match(/^(\w+)\.total\(\)$/m);
        }
      });

      it('names properties in words, so that no message tells a number', () => {
        for (const { id, source } of tests) {
          const names = Array.from(
            source.matchAll(/\.part\([\d.]+,\s*(['"`])(.*?)\1,/g),
            ([, , name]) => name,
          );
          expect(names, id).to.have.length(source.match(/\.part\(/g)!.length);
          names.forEach((name) => expect(name, id).to.not.match(/\d|\$\{/));
        }
      });

      it('leaves functions with their types to write, and an answer by hand with a rubric', () => {
        for (const { id, source } of code.filter(isSolution)) {
          expect(source.match(/\/\/ (BEGIN|END) SOLUTION/g), id).to.have.length.above(1);
          expect(released(source), id).to.match(/^function \w+(<.*>)?\([^)]*\): /m);
          expect(released(source), id).to.include("throw new Error('not yet written');");
        }
        const answers = prose.filter(isSolution);
        expect(answers).to.not.be.empty;
        for (const { id, source } of answers) {
          expect(source, id).to.match(/^\*\*Model answer\.\*\*/);
          expect(source, id).to.include('**Rubric.**').and.include('**Typical mistakes.**');
        }
      });

      it('has short cells without syntax errors, loose loops or shorthand properties', () => {
        for (const cell of code) {
          for (const source of [cell.source, released(cell.source)]) {
            expect(syntaxErrors(source), cell.id).to.deep.equal([]);
          }
          expect(looseLoops(cell.source), cell.id).to.deep.equal([]);
          expect(shorthandProperties(cell.source), cell.id).to.deep.equal([]);
          const lines = cell.source.split('\n');
          const longest = isTest(cell) ? LONGEST_TEST : LONGEST_CELL;
          expect(lines.length, cell.id).to.be.at.most(longest);
          lines.forEach((line) => expect(line.length, line).to.be.at.most(WIDEST_LINE));
        }
      });

      it('imports from afterfit and tslab alone, so that its tests run anywhere', () => {
        for (const { from, names } of code.flatMap(({ source }) => importsOf(source))) {
          expect(from).to.be.oneOf(['afterfit', 'tslab']);
          if (from === 'afterfit') expect(afterfit).to.include.all.keys(names);
        }
      });

      it('knows at least five wrong submissions, and the marks that each should get', () => {
        const folder = join(dirname(path), 'wrong');
        const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
        expect(files.length).to.be.at.least(5);
        const full = new Map(tests.map((cell) => [cell.id, gradingOf(cell)!.points!]));
        const solutions = code.filter(isSolution).map(({ id }) => id);
        for (const name of files) {
          const [head, ...changed] = readFileSync(join(folder, name), 'utf8').split(/^\/\/ %% /m);
          expect(head, name).to.match(/^\/\/ catches: .+\.\n\/\/ marks: .+\n/);
          const marks = /^\/\/ marks: (.*)$/m.exec(head)![1].split(' ');
          for (const mark of marks) {
            const [id, points] = mark.split('=');
            expect(Number(points), `${name}: ${mark}`).to.be.below(full.get(id) ?? NaN);
          }
          for (const part of changed) {
            const [id, ...lines] = part.split('\n');
            expect(solutions, name).to.include(id);
            expect(syntaxErrors(lines.join('\n')), name).to.deep.equal([]);
          }
        }
      });
    });
  }
});
