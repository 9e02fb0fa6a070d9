import { expect } from 'chai';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchRecord } from '../../../src/cli/bench/entry.js';
import { dropResult, readResults, saveResult } from '../../../src/cli/bench/results.js';
import { fakeRecord } from './fakes.js';

describe('the file of results', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'afterfit-bench-'));
    file = join(folder, 'results.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const written = () => JSON.parse(readFileSync(file, 'utf8')) as BenchRecord[];

  it('holds no results before it is there', () => {
    expect(readResults(file)).to.deep.equal([]);
  });

  it('keeps the records that are not replaced, in their places', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => fakeRecord({ name }));
    for (const record of [a, b, c]) saveResult(file, record);
    const later = fakeRecord({ name: 'b', ours: 7 });
    saveResult(file, later);
    const otherSize = fakeRecord({ name: 'b', size: 'two numbers' });
    saveResult(file, otherSize);
    expect(written()).to.deep.equal([a, later, c, otherSize]);
    expect(readResults(file)).to.deep.equal(written());
  });

  it('loses the record that no longer holds', () => {
    saveResult(file, fakeRecord({ name: 'a' }));
    saveResult(file, fakeRecord({ name: 'b' }));
    dropResult(file, { name: 'a', size: 'one number' });
    dropResult(file, { name: 'b', size: 'another' });
    expect(written().map(({ name }) => name)).to.deep.equal(['b']);
  });

  it('is replaced whole, with nothing left beside it', () => {
    saveResult(file, fakeRecord());
    expect(readdirSync(folder)).to.deep.equal(['results.json']);
  });

  it('is not touched where it holds something else', () => {
    for (const [text, sentence] of [
      ['{', /results\.json: is not JSON .*; move it away\.$/],
      ['{}', /results\.json: is not a list of results; move it away, or name another --out\.$/],
      ['[1]', /is not a list of results/],
    ] as const) {
      writeFileSync(file, text);
      expect(() => saveResult(file, fakeRecord())).to.throw(sentence);
      expect(readFileSync(file, 'utf8')).to.equal(text);
    }
  });
});
