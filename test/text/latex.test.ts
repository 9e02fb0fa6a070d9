import { expect } from 'chai';
import { latexText } from '../../src/text/latex.js';

describe('text for LaTeX', () => {
  const cases: [string, string][] = [
    ['5 % of A_1 & #2', '5 \\% of A\\_1 \\& \\#2'],
    ['α ≤ 2', '\\ensuremath{\\alpha} \\ensuremath{\\le} 2'],
    ['α^{−1/L}', '\\ensuremath{\\alpha}\\textsuperscript{\\ensuremath{-}1/L}'],
    ['‖θ‖^L', '\\ensuremath{\\|}\\ensuremath{\\theta}\\ensuremath{\\|}\\textsuperscript{L}'],
    ['10⁻²', '10\\textsuperscript{\\ensuremath{-}}\\textsuperscript{2}'],
    ['γ̃ and ŵ', '\\ensuremath{\\tilde{\\gamma}} and \\ensuremath{\\hat{w}}'],
    ['a kernel’s “end”', "a kernel's ``end''"],
    ['{x}', '\\{x\\}'],
  ];
  for (const [text, latex] of cases) {
    it(`writes ${text}`, () => expect(latexText(text)).to.equal(latex));
  }
});
