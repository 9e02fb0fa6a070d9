import type { ClaimNames } from './names.js';
import { code, markdown, notebookOf, type Cell } from './notebook-cells.js';

/** `notebooks/NN-ID.ipynb`, as Jupyter writes it. */
export function notebookText(names: ClaimNames): string {
  return notebookOf([...question(names), ...computation(names), ...answer()]);
}

/** What papermill may replace: it puts its own cell behind the one with this tag. */
function parametersCell(): Cell {
  const cell = code(
    'parameters',
    "import { notebookSettings } from 'afterfit';",
    'const { seed, scale } = notebookSettings();',
  );
  return { ...cell, metadata: { tags: ['parameters'] } };
}

function question({ id, title, claim }: ClaimNames): Cell[] {
  return [
    markdown(
      'title',
      `# ${title}`,
      '',
      `*Claim \`${id}\`, after Ji & Telgarsky 2020, Theorem 3.1 ([arXiv 2006.06657](https://arxiv.org/abs/2006.06657)).*`,
      '',
      'It takes ten minutes, and a few seconds of computing.',
      '',
      '**To be replaced.** This notebook was laid down by `npm run new`, for a small claim that holds: the direction of a network settles. Every text and number in it is to make room for those of your claim; its order is that of the other notebooks.',
    ),
    markdown(
      'setting',
      '## The claim',
      '',
      'To be replaced by the claim and its terms. Here: a network $\\Phi(x; \\theta)$ of two layers with the squared ReLU is homogeneous of degree $L = 3$. Its weights follow the gradient flow',
      '',
      "$$\\theta'(t) = -\\nabla \\mathcal{L}(\\theta), \\qquad \\mathcal{L}(\\theta) = \\sum_i e^{-y_i \\Phi(x_i; \\theta)},$$",
      '',
      'and progress is measured by $\\alpha = -\\log \\mathcal{L}$. As $\\alpha \\to \\infty$ the weights grow for ever, and the path of $\\theta / \\|\\theta\\|$ has a finite length, so that the direction converges.',
    ),
    parametersCell(),
    code(
      'imports',
      "import { display, newDisplay } from 'tslab';",
      'import {',
      '  claimFigures, compare, lastOf, progress, ratiosToPrevious, recordsIn, runClaim,',
      '  show, table, verdictTable, writeVerdict,',
      `  ${claim},`,
      "} from 'afterfit';",
      'const settings = notebookSettings({ seed: seed, scale: scale });',
    ),
    markdown(
      'predict',
      '## A prediction',
      '',
      '**Predict.** Each time $\\alpha$ grows by a factor of ten the direction sweeps some length. In the long run, what is the ratio of one such length to the one before? A direction that never settles has the ratio 1. (To be replaced by a question that your readers can answer with a number.)',
    ),
    code('predict-here', 'const predictedRatio = NaN; // between 0 and 1'),
  ];
}

function computation({ claim }: ClaimNames): Cell[] {
  return [
    markdown(
      'run',
      '## The run',
      '',
      'To be replaced by what is computed. Here: 42 points of the plane, labelled by a small teacher network, and a student of 16 hidden units. The flow is followed to $\\alpha = 10^7$.',
    ),
    code(
      'run-claim',
      'const result = await progress(newDisplay(), (onProgress) =>',
      `  runClaim(${claim}, {`,
      '    ...settings, onProgress: onProgress,',
      '  }),',
      ');',
      'const { flow } = recordsIn(result);',
      'console.log(flow.result.message);',
    ),
    code(
      'decades',
      'const { decades } = flow;',
      'const ratios = ratiosToPrevious(decades.map(({ length }) => length));',
      'display.markdown(table(',
      "  ['from α', 'to α', 'length (radians)', 'ratio'],",
      '  decades.map(({ from, to, length }, k) => [from, to, length, ratios[k]]),',
      '));',
    ),
    code(
      'compare',
      'const lastRatio = lastOf(ratios);',
      "console.log(compare('Ratio of the last decade', predictedRatio, lastRatio));",
    ),
    markdown(
      'theory',
      '## What the theory says',
      '',
      'To be replaced by the number that the theory gives, and where it is from. Here: near the limit a small deviation grows like $\\|\\theta\\|^\\lambda$, with a $\\lambda < 1$ that is computed from the limit alone. So the error in direction falls like $\\alpha^{-(1 - \\lambda) / L}$, and the ratio has to come to $10^{-(1 - \\lambda) / L}$.',
    ),
    code(
      'theory-here',
      'const theory = flow.certificate.predictedRatio;',
      "console.log(compare('Ratio of the last decade', predictedRatio, lastRatio, theory));",
    ),
    markdown(
      'figure',
      '## The figure',
      '',
      'To be replaced by what is to be seen. Here: the lengths fall more steeply than the line of the criterion.',
    ),
    code('figure-here', 'show(display, ...claimFigures(result));'),
  ];
}

function answer(): Cell[] {
  return [
    markdown(
      'verdict',
      '## The verdict',
      '',
      'Fixed before the run, and to be replaced: over the last three decades each length must be at most 0.8 times the one before.',
      '',
      '**What it says.** On this run, up to $\\alpha = 10^7$, the direction behaves as one that converges.',
      '',
      '**What it does not say.** Finite length is a statement about infinity: a run can agree with it or contradict it, never prove it. Nothing follows for other networks, data or losses.',
    ),
    code(
      'judge',
      'display.markdown(verdictTable(result));',
      'console.log(await writeVerdict(result));',
    ),
    markdown(
      'exercises',
      '## Exercises',
      '',
      'To be replaced by three to five of your own.',
      '',
      '1. **Another start.** Run the claim with `seed: 2` after `...settings`, and make its table. *Check yourself:* its own `certificate.predictedRatio` is where the ratio has to come to in the end.',
      '2. **How far is left?** If each length is $r$ times the one before, what follows after the last length $\\ell$ adds up to $\\ell\\, r / (1 - r)$. Compute it. *Hint:* `lastOf(decades).length` is $\\ell$. *Check yourself:* it should be within a few per cent of the straight way, `lastOf(flow.certificate.angles)`. No path is shorter than that, so if your number is the smaller one, the ratio must still be changing.',
      '3. **A threshold.** From which value of the threshold on would this run be inconclusive? *Hint:* the verdict goes by the largest of the last ratios.',
    ),
  ];
}
