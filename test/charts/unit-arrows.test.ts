import { expect } from 'chai';
import { unitArrows } from '../../src/charts/index.js';
import { toSvg } from '../../src/charts/svg.js';
import { suboptimalLimit, xorBlobs } from '../../src/datasets/index.js';

const WORDS = { name: 'units', title: 'Units', caption: 'Two networks.' };

describe('unitArrows', () => {
  const { dataset, limit, optimum, start } = suboptimalLimit();

  it('draws every unit that takes part, and one without output weight in grey', async () => {
    const off = Float64Array.of(0, 3, 0, -2, 3, 0);
    const svg = await toSvg(
      unitArrows(WORDS, dataset, [
        { title: 'limit', parameters: limit.parameters },
        { title: 'optimum', parameters: optimum.parameters },
        { title: 'off', parameters: off },
      ]),
    );
    const names = (svg.match(/>unit [^<]*</g) ?? []).map((text) => text.slice(1, -1));
    expect(names).to.deep.equal(['unit 1', 'unit 1', 'unit 2', 'unit 1', 'unit 2 (off)']);
  });

  it('gives arrows their share of the network as length', () => {
    const { spec } = unitArrows(WORDS, dataset, [{ title: '', parameters: optimum.parameters }]);
    const tips = JSON.stringify(spec).match(/"x":-?0\.6\d+,"y":0\.17\d*/g);
    expect(tips).to.include('"x":0.686,"y":0.1715').and.include('"x":-0.686,"y":0.1715');
  });

  it('refuses other data and parameters in a sentence', () => {
    const data = xorBlobs({ examplesPerBlob: 1, spread: 0.1 }, 1);
    expect(() => unitArrows(WORDS, data, [])).to.throw('3 coordinates; expected two.');
    const parameters = start.slice(1);
    expect(() => unitArrows(WORDS, dataset, [{ title: '', parameters }])).to.throw(
      '5 parameters are not those of units on two inputs; expected three for each unit.',
    );
  });
});
