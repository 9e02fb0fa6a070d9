import { NEIGHBOURHOOD } from '../../../flows/index.js';
import { angleBetween } from '../../../numerics/index.js';
import { outputsOf } from '../../../specs/network-sizes.js';
import { readable } from '../../../text/numbers.js';
import type { Problem } from '../problem.js';
import { labelText } from '../summary.js';
import { pairName } from './figures.js';
import type { FlowResultFile } from '../solve.js';

const MOST_NAMED = 12;

/** A number with so many digits as a reader would write it. */
export function numberText(value: number, digits = 5): string {
  return Number.isNaN(value) ? 'not known' : readable(value, digits);
}

/** What was solved, in sentences. */
export function problemWords({
  network,
  loss,
  classes,
  inputs,
  homogeneity,
  data,
}: FlowResultFile): string[] {
  const outputs = outputsOf(classes);
  const shape = {
    linear: () => 'A linear model',
    'two-layer': () =>
      network.kind === 'two-layer'
        ? `A two-layer ${network.activation} network of width ${network.width}`
        : '',
    deep: () =>
      network.kind === 'deep'
        ? `A deep ${network.activation} network ${network.widths.join('–')}`
        : '',
  }[network.kind]();
  const sizes = `${inputs[0].length} inputs, ${outputs === 1 ? 'one score' : `${outputs} scores`}, degree L = ${homogeneity}`;
  const words = [
    `${shape} (${sizes}) on ${inputs.length} examples of ${classes} classes, with the ${loss} loss summed over them.`,
  ];
  if (data) words.push(`From ${data.file}: inputs ${data.columns.join(', ')}. ${labelText(data)}.`);
  return words;
}

/** The limit and what speaks for it, in sentences. */
export function limitWords({ limit }: FlowResultFile, problem: Problem): string[] {
  if (!limit) return ['No limit was looked for.'];
  if (!limit.converged) return [limit.message];
  const named = limit.support.slice(0, MOST_NAMED).map((pair) => pairName(problem, pair));
  const more = limit.support.length - named.length;
  const words = [
    limit.certified
      ? `Certified: everything known of the run says that it goes here.${farWords(limit.angles)}`
      : `Not certified: ${limit.doubts.join('; ')}.`,
    `A KKT point of the margin problem with margin ${numberText(limit.margin, 8)} on ${limit.support.length} support constraints: ${named.join('; ')}${more > 0 ? ` and ${more} more` : ''}.`,
    `Its residual is ${numberText(limit.residual, 2)}, the margins of its support differ by ${numberText(limit.feasibility, 2)} of it, its smallest multiplier is ${numberText(limit.smallestMultiplier, 3)} of the mean one, and the next margin is ${numberText(limit.slack, 3)} of the margin above it.`,
    `It was looked for from α = ${limit.startAlphas.map((alpha) => numberText(alpha, 3)).join(', ')}, where the run’s own angles to it are ${limit.angles.map((angle) => numberText(angle, 3)).join(', ')} rad; the KKT points found there differ in their margins by ${limit.marginAgreement.map((share) => numberText(share, 2)).join(', ')} of the margin.`,
  ];
  const listed = (ratios: readonly number[]) =>
    ratios.map((ratio) => numberText(ratio, 3)).join(', ');
  const isExpected = limit.expectedRatios.length > 0 && !limit.expectedRatios.some(Number.isNaN);
  const expected = isExpected
    ? `; from where these points lie: ${listed(limit.expectedRatios)}`
    : '';
  const stability = Number.isNaN(limit.lambda)
    ? 'Its constraints leave the flow no direction.'
    : `λ = ${numberText(limit.lambda, 5)} there: the flow ${limit.lambda > 1 ? 'leaves it' : 'comes nearer to it'} like α to the power −(1−λ)/L.`;
  words.push(
    `${stability} The angle is to change by the factor ${numberText(limit.predictedRatio, 4)} in a decade of α${expected}; measured: ${listed(limit.measuredRatios)}.`,
  );
  if (limit.flatDimensions > 0) {
    words.push(
      `It is not isolated: it is one of a manifold of ${limit.flatDimensions} dimension${limit.flatDimensions > 1 ? 's' : ''}. The run’s own limit has these margins, and may lie elsewhere on it.`,
    );
  }
  return words;
}

/** Where the run is far from its limit still, a rate says less. */
function farWords(angles: readonly number[]): string {
  const angle = angles[angles.length - 1];
  if (angle <= NEIGHBOURHOOD) return '';
  return ` It is ${numberText(angle, 2)} rad away still, and has to stay on its way.`;
}

/** Heading and cells of the table of rows. */
export function rowTable({ rows, last, limit }: FlowResultFile): {
  headings: string[];
  cells: string[][];
} {
  const headings = ['α', 'log t', 'log ‖θ‖', 'normalized margin', 'smoothed margin', 'cos(θ, −∇𝓛)'];
  const withAngle = limit?.converged === true;
  if (withAngle) headings.push('angle to the limit (rad)');
  const cells = [...rows, last].map((point, k) => [
    `${numberText(point.alpha, 6)}${k === rows.length ? ' (end)' : ''}`,
    numberText(point.logT, 8),
    numberText(point.logNorm, 7),
    numberText(point.normalizedMargin, 7),
    numberText(point.smoothedMargin, 7),
    point.alignment.toFixed(9).replace('-', '−'),
    ...(withAngle
      ? [
          numberText(
            angleBetween(Float64Array.from(point.direction), Float64Array.from(limit.direction)),
            3,
          ),
        ]
      : []),
  ]);
  const repeated = rows.length > 0 && last.alpha === rows[rows.length - 1].alpha;
  return { headings, cells: repeated ? cells.slice(0, -1) : cells };
}
