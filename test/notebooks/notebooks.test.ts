import { expect } from 'chai';
import { join } from 'node:path';
import * as afterfit from '../../src/index.js';
import { chooseNotebooks } from '../../src/cli/reproduce/notebook-list.js';
import { projectRoot } from '../helpers/project-root.js';
import {
  bareLookups,
  codeIn,
  committedNotebooks,
  declaredNames,
  importsOf,
  looseLoops,
  shorthandProperties,
  syntaxErrors,
  uses,
} from './notebook-file.js';

const LONGEST_CELL = 15;
const WIDEST_LINE = 90;

describe('the notebooks', () => {
  const notebooks = committedNotebooks();

  it('are the quick start and one for each claim and each study, and further ones on some of them', () => {
    const chosen = chooseNotebooks(
      notebooks.map(({ path }) => path),
      [],
      true,
    );
    expect(chosen.map(({ file }) => file)).to.deep.equal(notebooks.map(({ file }) => file));
    const names = chosen.filter(({ file }) => /^\d\d-/.test(file)).map(({ id }) => id);
    // Each in the order of its list; a new claim's notebook comes after those of the studies.
    const [claims, studies] = [afterfit.claims, afterfit.studies].map((list) =>
      list.map(({ id }) => id),
    );
    const isStudy = (id: string) => studies.includes(id);
    expect(names.filter((id) => !isStudy(id))).to.deep.equal(['quick-start', ...claims]);
    expect(names.filter(isStudy)).to.deep.equal(studies);
    chosen.forEach(({ id }) => expect(names).to.include(id));
  });

  for (const { file, content, cells, text } of notebooks) {
    const code = cells.filter(({ kind }) => kind === 'code');
    const prose = cells.filter(({ kind }) => kind === 'markdown').map(({ source }) => source);

    describe(file, () => {
      it('is a notebook of nbformat 4.5 for the tslab kernel', () => {
        expect(content.nbformat).to.equal(4);
        expect(content.nbformat_minor).to.equal(5);
        const { kernelspec } = content.metadata as { kernelspec: object };
        expect(kernelspec).to.deep.equal({
          display_name: 'TypeScript',
          language: 'typescript',
          name: 'tslab',
        });
      });

      it('has cells with an id of their own', () => {
        const ids = cells.map(({ id }) => id);
        expect(new Set(ids).size).to.equal(ids.length);
        ids.forEach((id) => expect(id).to.match(/^[a-z0-9-]{2,64}$/));
      });

      it('is committed without outputs, execution counts and cell metadata, but for one tag', () => {
        for (const { raw, kind, id } of cells) {
          const metadata = id === 'parameters' ? { tags: ['parameters'] } : {};
          expect(raw.metadata, id).to.deep.equal(metadata);
          if (kind !== 'code') continue;
          expect(raw.outputs).to.deep.equal([]);
          expect(raw.execution_count).to.equal(null);
        }
      });

      it('is written as Jupyter writes it, so that a saved one differs only where it was edited', () => {
        expect(text).to.equal(`${JSON.stringify(content, null, 1)}\n`);
      });

      it('has 12 to 24 cells', () => {
        expect(cells.length).to.be.within(12, 24);
      });

      it('takes its settings from the first code cell, which papermill may replace', () => {
        const [parameters, ...others] = code;
        expect(parameters.id).to.equal('parameters');
        const names = declaredNames(parameters.source);
        expect(names).to.include('seed');
        for (const name of names) {
          expect(
            others.some(({ source }) => uses(source, name)),
            name,
          ).to.equal(true);
        }
        const [next] = others.filter(({ source }) => uses(source, 'settings'));
        expect(next.source).to.match(/^const settings = notebookSettings\(\{ seed: seed[ ,]/m);
      });

      it('begins with a heading and a source', () => {
        expect(prose[0]).to.match(/^# \w/);
        expect(prose[0]).to.match(/\d{4}.*arXiv \d{4}\.\d{5}/s);
      });

      it('asks for a prediction before it computes', () => {
        expect(prose.some((words) => words.includes('**Predict.**'))).to.equal(true);
      });

      it('has short cells', () => {
        for (const { id, source } of code) {
          const lines = source.split('\n');
          expect(lines.length, id).to.be.at.most(LONGEST_CELL);
          lines.forEach((line) => expect(line.length, `${id}: ${line}`).to.be.at.most(WIDEST_LINE));
        }
      });

      it('has cells without syntax errors, loose loops or shorthand properties', () => {
        for (const { id, source } of code) {
          expect(syntaxErrors(source), id).to.deep.equal([]);
          expect(looseLoops(source), id).to.deep.equal([]);
          expect(shorthandProperties(source), id).to.deep.equal([]);
        }
      });

      it('looks things up by their names, in cells and in what the text says', () => {
        const pieces = [...code.map(({ source }) => source), ...prose.flatMap(codeIn)];
        expect(pieces.flatMap(bareLookups)).to.deep.equal([]);
      });

      it('says how long it takes', () => {
        expect(prose.join('\n')).to.match(/minute|second/);
      });

      it('imports from afterfit and tslab alone, names that are there and that it uses', () => {
        const imports = code.flatMap(({ source }) => importsOf(source));
        for (const { from, names } of imports) {
          expect(from).to.be.oneOf(['afterfit', 'tslab']);
          expect(names).to.not.be.empty;
          if (from === 'afterfit') expect(afterfit).to.include.all.keys(names);
          for (const name of names) {
            expect(
              code.some(({ source }) => uses(source, name)),
              name,
            ).to.equal(true);
          }
        }
      });

      it('writes its verdict in the last code cell, and then has exercises with hints', () => {
        expect(code.at(-1)!.source).to.match(/await writeVerdict\(/);
        const last = cells.at(-1)!;
        expect(last.kind).to.equal('markdown');
        const exercises = last.source.match(/^\d\. /gm) ?? [];
        expect(exercises.length).to.be.within(3, 5);
        expect(last.source).to.include('*Hint:*').and.include('*Check yourself:*');
      });

      it('says what its verdict does not say', () => {
        expect(prose.join('\n')).to.match(/does not say/);
      });
    });
  }

  it('are in the folder from which cells import', () => {
    expect(notebooks[0].path).to.equal(join(projectRoot(), 'notebooks', '00-quick-start.ipynb'));
  });
});
