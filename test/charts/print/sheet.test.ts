import { expect } from 'chai';
import { pointsOf, sheetOf } from '../../../src/charts/print/sheet.js';

describe('the sheet that figures are laid out for', () => {
  it('reads lengths in every unit', () => {
    for (const length of ['1in', '25.4mm', '2.54cm', '72pt', '96px', ' 1 in']) {
      expect(pointsOf(length), length).to.be.closeTo(72, 1e-9);
    }
  });

  it('has text of 7 points on paper and of 14 on slides, and leaves the web as it is', () => {
    expect(11 * sheetOf({ style: 'paper' }).unit).to.be.closeTo(7, 1e-9);
    expect(11 * sheetOf({ style: 'slide' }).unit).to.be.closeTo(14, 1e-9);
    expect(sheetOf().width).to.equal(undefined);
    expect(sheetOf({ style: 'paper' }).width).to.equal(234);
  });

  const refused: [object, RegExp][] = [
    [{ width: '3.25' }, /^The width is '3.25'; expected a number with in, mm, cm, pt or px, such/],
    [
      { style: 'paper', width: '1in' },
      /^The width is '1in'; expected 1.94in to 35.35in for figures/,
    ],
    [{ font: 'Times"><' }, /^The font is 'Times"><'; expected the name of a font family\.$/],
  ];
  for (const [options, sentence] of refused) {
    it(`refuses ${JSON.stringify(options)} in a sentence`, () => {
      expect(() => sheetOf(options)).to.throw(sentence);
    });
  }
});
