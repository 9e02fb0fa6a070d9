import { expect } from 'chai';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { judgeClaim } from '../../../src/claims/index.js';
import { notebookSettings } from '../../../src/experiments/index.js';
import { writeVerdict } from '../../../src/notebook/index.js';
import { temporaryFolder, tinyClaim, tinyRecord } from './workshop.js';

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
    expect(notebookSettings({})).to.deep.equal({ scale: 'smoke', seed: 1 });
    const environment = { AFTERFIT_SCALE: 'standard', AFTERFIT_SEED: '7' };
    expect(notebookSettings(environment)).to.deep.equal({ scale: 'standard', seed: 7 });
  });

  it('are refused in a sentence', () => {
    expect(() => notebookSettings({ AFTERFIT_SCALE: 'huge' })).to.throw(
      "AFTERFIT_SCALE is 'huge'; expected one of smoke, standard, full.",
    );
    expect(() => notebookSettings({ AFTERFIT_SEED: '-1' })).to.throw(
      "AFTERFIT_SEED is '-1'; expected a whole number.",
    );
  });
});
