import {
  certifyLimit,
  type FlowPoint,
  type KktPoint,
  type LimitCertificate,
} from '../../flows/index.js';
import { sentenceOf } from '../files.js';
import { MOST_PARAMETERS, type Problem } from './problem.js';

/** From here on the support of the limit begins to show in the dual variables. */
const LATE = 10;
/** A run that lands on a target does so but for rounding. */
const LANDING = 1e-9;

/** What the starts of a certificate have to be: so many, each this factor of α after the last. */
const STARTS = 3;
const APART = 10 * (1 - 1e-6);

/** Starts whose KKT points give the same margins to this share are taken to lead to one limit. */
const AGREEMENT = 1e-6;
/** Largest residual and infeasibility of a KKT point. */
const RESIDUAL = 1e-10;
/** Clarke multipliers lie in [0, 1] but for rounding. */
const ROUNDING = 1e-9;

/** Where the run is going, and one sentence where that is unknown or in doubt. */
export interface LimitOutcome {
  readonly certificate?: LimitCertificate;
  readonly reason?: string;
}

/** The limit as seen from three rows, a decade of α apart, that are late and classify every example. */
export function limitFrom(problem: Problem, points: readonly FlowPoint[]): LimitOutcome {
  const late = points.filter(
    ({ alpha, smallestMargin }) => alpha >= LATE * (1 - LANDING) && smallestMargin > 0,
  );
  if (late.length < 2) {
    const found = late.length === 0 ? 'there is none' : 'there is one';
    return {
      reason: `No limit was looked for: that takes two rows with α of at least ${LATE} and every example classified, and ${found}.`,
    };
  }
  const { parameters } = problem.limit;
  if (parameters > MOST_PARAMETERS) {
    return {
      reason: `No limit was looked for: its system has parameters × parameters numbers, which is too much for ${parameters} parameters (at most ${MOST_PARAMETERS}).`,
    };
  }
  const apart = farApart(late);
  const starts = (apart.length < STARTS ? late : apart).slice(-STARTS);
  try {
    const certificate = certifyLimit(problem.limit, starts, {
      supportShare: 1e-6,
      maxIterations: 60,
      kinkWidth: problem.kinkWidth,
      descended: problem.objective,
    });
    return { certificate, reason: doubtOf(certificate) };
  } catch (error) {
    return { reason: `The search for the limit failed: ${sentenceOf(error)}` };
  }
}

/** The last row, the last one far enough before it, and so on; in order. */
function farApart(points: readonly FlowPoint[]): FlowPoint[] {
  return points.reduceRight<FlowPoint[]>(
    (kept, point) =>
      kept.length === 0 || point.alpha * APART <= kept[0].alpha ? [point, ...kept] : kept,
    [],
  );
}

/** One sentence on what keeps a limit from being certified; undefined where nothing does. */
export function doubtOf(certificate: LimitCertificate): string | undefined {
  const { limit, marginAgreement, startAlphas } = certificate;
  if (!limit.converged) return 'The limit was not found.';
  const spread = Math.max(...marginAgreement);
  const far = startAlphas.every((alpha, k) => k === 0 || alpha >= APART * startAlphas[k - 1]);
  const slopes = limit.kinks.map(({ multiplier }) => multiplier).filter((m) => !Number.isNaN(m));
  const checks: [boolean, string][] = [
    [
      startAlphas.length >= STARTS && far,
      `it takes ${STARTS} rows with α of at least ${LATE}, each a decade of α from the next`,
    ],
    [
      spread <= AGREEMENT,
      `the last rows lead to KKT points whose margins differ by ${spread.toExponential(1)} of the limit's, which larger targets may settle`,
    ],
    [limit.residual <= RESIDUAL, `its residual is ${limit.residual.toExponential(1)}`],
    [
      limit.feasibility <= RESIDUAL,
      `the margins of its support differ by ${limit.feasibility.toExponential(1)} of its margin`,
    ],
    [limit.smallestMultiplier > 0, 'a multiplier is not positive'],
    [limit.slack > 0, 'a margin outside its support is not above its margin'],
    [
      slopes.every((slope) => slope >= -ROUNDING && slope <= 1 + ROUNDING),
      'a Clarke multiplier lies outside [0, 1]',
    ],
  ];
  const doubts = checks.flatMap(([holds, doubt]) => (holds ? [] : [doubt]));
  return doubts.length === 0 ? undefined : `The limit is not certified: ${doubts.join('; ')}.`;
}

/** The limit in the form of the result file: see `KktPoint` and `LimitCertificate`. */
export interface LimitEntry extends Omit<KktPoint, 'kinks' | 'iterations'>, Witnesses {
  /** [example, unit, slope] for each kink of the first layer that the limit lies on. */
  readonly kinks: readonly (readonly [number, number, number])[];
}

type Witnesses = Omit<LimitCertificate, 'limit'>;

export function limitEntry({ limit, ...witnesses }: LimitCertificate): LimitEntry {
  return {
    converged: limit.converged,
    message: limit.message,
    direction: limit.direction,
    margin: limit.margin,
    multipliers: limit.multipliers,
    support: limit.support,
    residual: limit.residual,
    feasibility: limit.feasibility,
    smallestMultiplier: limit.smallestMultiplier,
    slack: limit.slack,
    kinks: limit.kinks.map(({ example, unit, multiplier }) => [example, unit, multiplier] as const),
    angles: witnesses.angles,
    agreement: witnesses.agreement,
    marginAgreement: witnesses.marginAgreement,
    startAlphas: witnesses.startAlphas,
  };
}
