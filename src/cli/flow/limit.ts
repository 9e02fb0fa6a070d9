import {
  certifyingLimit,
  inTurns,
  latePoints,
  limitRefusal,
  nearSaddle,
  saddleSentence,
  unlessAborted,
  visitingSaddles,
  type FlowPoint,
  type KktPoint,
  type LimitCertificate,
  type SaddleVisit,
  type SolvedLimits,
  type Turns,
} from '../../flows/index.js';
import { sentenceOf } from '../files.js';
import type { Problem } from './problem.js';

/** Where the run is going, which KKT points it has passed, and what is unknown or in doubt. */
export interface LimitOutcome {
  readonly certificate?: LimitCertificate;
  readonly visits: readonly SaddleVisit[];
  /** Sentences; none where the limit is certified. */
  readonly reasons: readonly string[];
}

/** Milliseconds that the search for a limit may take after an interruption. */
const GRACE = 1_000;

/** What the search for a limit may use, and what ends it. */
export interface SearchOptions {
  readonly solved?: SolvedLimits;
  readonly signal?: { readonly aborted: boolean };
}

/** The limit as seen from the points that are late and classify every example, `beyond` among them. */
export async function limitFrom(
  problem: Problem,
  own: readonly FlowPoint[],
  beyond: readonly FlowPoint[],
  { solved = new Map(), signal }: SearchOptions = {},
): Promise<LimitOutcome> {
  const points = [...own, ...beyond];
  const late = latePoints(points);
  if (late.length < 2) {
    const found = late.length === 0 ? 'there is none' : 'there is one';
    return refused(
      `No limit was looked for: that takes two rows with α of at least 10 and every example classified, and ${found}.`,
    );
  }
  const { objective } = problem;
  const refusal = limitRefusal(objective, late[late.length - 1]);
  if (refusal !== undefined) return refused(`No limit was looked for: ${refusal}.`);
  try {
    const heeding = <Value>(turns: Turns<Value>) => inTurns(unlessAborted(turns, signal, GRACE));
    const found = await heeding(certifyingLimit(objective, points, { solved }));
    if (!found) return refused('The search for the limit was interrupted.');
    const visits = await heeding(visitingSaddles(objective, points, { solved }));
    if (!visits) return refused('The search for the limit was interrupted.');
    const caution = beyond.length > 0 ? nearSaddle(visits) : undefined;
    const doubts = [...found.doubts, ...(caution === undefined ? [] : [caution])];
    const certificate = { ...found, doubts };
    const stays = doubts.length > 0 ? visits.filter((visit) => visit.stays) : [];
    const reasons = [...stays.map(saddleSentence), ...doubtsAbout(certificate)];
    return { certificate, visits, reasons };
  } catch (error) {
    return refused(`The search for the limit failed: ${sentenceOf(error)}`);
  }
}

function refused(reason: string): LimitOutcome {
  return { visits: [], reasons: [reason] };
}

/** One sentence on what keeps a limit from being certified; none where nothing does. */
export function doubtsAbout({ doubts }: LimitCertificate): string[] {
  return doubts.length === 0 ? [] : [`The limit is not certified: ${doubts.join('; ')}.`];
}

/** The limit in the form of the result file: see `KktPoint` and `LimitCertificate`. */
export interface LimitEntry
  extends Omit<KktPoint, 'kinks' | 'iterations' | 'stability'>, Witnesses {
  /** False where something speaks against this being the run's limit; `doubts` says what. */
  readonly certified: boolean;
  /** [example, unit, slope] for each kink of the first layer that the limit lies on. */
  readonly kinks: readonly (readonly [number, number, number])[];
  /** See `Stability`; NaN where constraints leave the flow no direction. */
  readonly lambda: number;
  readonly unstableDirections: number;
  readonly flatDimensions: number;
}

type Witnesses = Omit<LimitCertificate, 'limit'>;

export function limitEntry({ limit, ...witnesses }: LimitCertificate): LimitEntry {
  const { kinks, stability, iterations: _, ...point } = limit;
  return {
    certified: witnesses.doubts.length === 0,
    ...point,
    kinks: kinks.map(({ example, unit, multiplier }) => [example, unit, multiplier] as const),
    lambda: stability.lambda,
    unstableDirections: stability.unstable,
    flatDimensions: stability.flat,
    ...witnesses,
  };
}
