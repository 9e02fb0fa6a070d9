import {
  certifyLimit,
  type FlowPoint,
  type KktPoint,
  type LimitCertificate,
} from '../../flows/index.js';
import { sentenceOf } from '../files.js';
import type { Problem } from './problem.js';

/** From here on the support of the limit begins to show in the dual variables. */
const LATE = 10;
const STARTS = 3;

/** Starts whose KKT points give the same margins to this share are taken to lead to one limit. */
const AGREEMENT = 1e-6;

/** Where the run is going, and one sentence where that is unknown or in doubt. */
export interface LimitOutcome {
  readonly certificate?: LimitCertificate;
  readonly reason?: string;
}

/** The limit as seen from the last three rows that are late and classify every example. */
export function limitFrom(problem: Problem, points: readonly FlowPoint[]): LimitOutcome {
  const late = points.filter(({ alpha, smallestMargin }) => alpha >= LATE && smallestMargin > 0);
  if (late.length < 2) {
    const found = late.length === 0 ? 'there is none' : 'there is one';
    return {
      reason: `No limit was looked for: that takes two rows with α of at least ${LATE} and every example classified, and ${found}.`,
    };
  }
  try {
    const certificate = certifyLimit(problem.limit, late.slice(-STARTS), {
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

function doubtOf({ limit, marginAgreement }: LimitCertificate): string | undefined {
  if (!limit.converged) return 'The limit was not found.';
  const spread = Math.max(...marginAgreement);
  if (spread <= AGREEMENT) return undefined;
  return `The limit is not certified: the last rows lead to KKT points whose margins differ by ${spread.toExponential(1)} of the limit's; larger targets may settle it.`;
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
