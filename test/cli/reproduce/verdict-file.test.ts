import { expect } from 'chai';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { judgeClaim } from '../../../src/claims/index.js';
import { notebookSettings } from '../../../src/experiments/index.js';
import { writeVerdict } from '../../../src/notebook/index.js';
import { temporaryFolder, tinyClaim, tinyRecord } from './made-up-parts.js';

const newFolder = temporaryFolder();

describe("a notebook's last cell", () => {
  const result = judgeClaim(tinyClaim('small', 1).claim, { experiment: tinyRecord(1) });

  it('leaves the verdict in a file and says it in a sentence', async () => {
    const folder = newFolder();
    expect(await writeVerdict(result, folder)).to.equal('small: supported, as expected.');
    expect(readdirSync(folder)).to.deep.equal(['small.json']);
    const written = JSON.parse(readFileSync(join(folder, 'small.json'), 'utf8')) as object;
    expect(written).to.include({ id: 'small', verdict: 'supported', expected: 'supported' });
    expect(written).to.have.nested.property('evidence[1].value', 'Infinity');
  });

  it('may judge something that is no claim', async () => {
    const folder = newFolder();
    const record = {
      id: 'quick-start',
      verdict: 'inconclusive',
      expected: 'supported',
      evidence: [],
    } as const;
    expect(await writeVerdict(record, folder)).to.equal(
      'quick-start: inconclusive, though supported was expected.',
    );
    expect(existsSync(join(folder, 'quick-start.json'))).to.equal(true);
  });

  it('only says it where no file is wanted', async () => {
    expect(await writeVerdict(result, '')).to.equal('small: supported, as expected.');
  });
});

describe("a notebook's settings", () => {
  it('come from the environment, or are those of a first look', () => {
    expect(notebookSettings({}, {})).to.deep.equal({ scale: 'smoke', seed: 1 });
    const environment = { AFTERFIT_SCALE: 'standard', AFTERFIT_SEED: '7' };
    expect(notebookSettings({}, environment)).to.deep.equal({ scale: 'standard', seed: 7 });
  });

  it('are those that the notebook is given, before those of the environment', () => {
    const environment = { AFTERFIT_SCALE: 'standard', AFTERFIT_SEED: '7' };
    const seen = notebookSettings({ seed: 5 }, environment);
    expect(seen).to.deep.equal({ scale: 'standard', seed: 5 });
    const both = notebookSettings({ seed: 0, scale: 'full' }, environment);
    expect(both).to.deep.equal({ scale: 'full', seed: 0 });
    // As `papermill -r seed 12` gives it.
    expect(notebookSettings({ seed: '12' }, {}).seed).to.equal(12);
  });

  it('are refused in a sentence', () => {
    const refusals: [Parameters<typeof notebookSettings>, string][] = [
      [
        [{}, { AFTERFIT_SCALE: 'huge' }],
        "AFTERFIT_SCALE is 'huge'; expected one of smoke, standard, full.",
      ],
      [[{}, { AFTERFIT_SEED: '-1' }], "AFTERFIT_SEED is '-1'; expected a whole number."],
      [[{ scale: 'huge' }, {}], "scale is 'huge'; expected one of smoke, standard, full."],
      [[{ scale: null }, {}], 'scale is null; expected one of smoke, standard, full.'],
      [[{ seed: 1.5 }, {}], 'seed is 1.5; expected a whole number.'],
      [[{ seed: -3 }, {}], 'seed is -3; expected a whole number.'],
      [[{ seed: 'five' }, {}], "seed is 'five'; expected a whole number."],
      [[{ seed: 2n ** 60n }, {}], 'seed is 1152921504606846976; expected a whole number.'],
      [[{ seed: [1, 2] }, {}], 'seed is a list or a record; expected a whole number.'],
    ];
    for (const [given, sentence] of refusals) {
      expect(() => notebookSettings(...given)).to.throw(sentence);
    }
  });
});
