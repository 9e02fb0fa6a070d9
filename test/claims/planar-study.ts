import { alignmentEvidence } from '../../src/claims/alignment/claim.js';
import { convergenceEvidence } from '../../src/claims/directional-convergence/claim.js';
import { atMost, verdictOf, type Evidence, type Verdict } from '../../src/claims/index.js';
import { maximizationEvidence } from '../../src/claims/margin-maximization/claim.js';
import { reluAlignmentEvidence } from '../../src/claims/relu-alignment/claim.js';
import { isSound } from '../../src/claims/relu-alignment/soundness.js';
import { planarFlow, planarProblem } from '../../src/experiments/index.js';
import {
  certifyLimit,
  followFlow,
  highestSmoothedMargin,
  type FlowPoint,
} from '../../src/flows/index.js';
import type { Objective } from '../../src/losses/index.js';
import {
  kinkedFlowRecord,
  type FlowRecord,
  type KinkedFlowRecord,
} from '../../src/records/index.js';
import type { KnownActivation } from '../../src/specs/index.js';

/**
 * Flows on the plane from many seeds, each with what the claims say of it, and whether its certificate
 * stands when the same flow is followed to α = 10¹⁶. By hand, after `npm test` has built it:
 *
 *   node .build/test/claims/planar-study.js squared-relu 600001 600300 > squared-relu.jsonl
 */
export interface StudyRow {
  readonly seed: number;
  /** α of the last point that was judged. */
  readonly alpha: number;
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** Evidence that does not support, with its verdict and note. */
  readonly otherwise: readonly string[];
  readonly doubts: readonly string[];
  readonly lambda: number;
  readonly margin: number;
  readonly visits: FlowRecord['visits'];
  /** What speaks against a certificate without doubts, seen from later points; empty where nothing does. */
  readonly falseFor: readonly string[];
  /** α that the run was followed to for this, and how it ended. */
  readonly followedTo: number;
  readonly ending: string;
}

const MOST_ALPHA = 1e16;
/** The largest smoothed margin may lie above the limit's by the rounding of margins so far out. */
const ROUNDING = 1e-12;
/** A limit from later points with another margin is another limit. */
const SAME_MARGIN = 1e-9;

/** One seed at smoke scale; throws as `planarFlow` does. */
async function studyRow(activation: KnownActivation, seed: number): Promise<StudyRow> {
  const run = await planarFlow(activation, { scale: 'smoke', seed });
  const { points, ending } = followOn(run);
  return studyOf(run, points, ending);
}

/** `later` are points of the same flow, beyond the run's. */
export function studyOf(run: FlowRecord, later: readonly FlowPoint[], ending: string): StudyRow {
  const { certificate, visits } = run;
  const judged: Record<string, readonly Evidence[]> = {
    'directional-convergence': convergenceEvidence(run),
    'margin-maximization': maximizationEvidence(run),
    ...alignmentOf(run),
  };
  const verdicts = Object.fromEntries(
    Object.entries(judged).map(([claim, evidence]) => [claim, verdictOf(evidence)]),
  );
  const otherwise = Object.values(judged)
    .flat()
    .filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'contradicted')
    .map(({ metric, verdict, value, note }) => `${verdict}: ${metric} = ${value} (${note})`);
  return {
    seed: run.problem.seed,
    alpha: run.decadePoints[run.decadePoints.length - 1].alpha,
    verdicts,
    otherwise,
    doubts: certificate.doubts,
    lambda: certificate.limit.stability.lambda,
    margin: certificate.limit.margin,
    visits,
    falseFor: certificate.doubts.length > 0 ? [] : objections(run, later),
    followedTo: later[later.length - 1]?.alpha ?? run.result.last.alpha,
    ending,
  };
}

function alignmentOf(run: FlowRecord): Record<string, readonly Evidence[]> {
  if (run.problem.activation !== 'relu') return { alignment: alignmentEvidence(run) };
  const kinked = kinkedFlowRecord(run);
  const sound = atMost('unsound', isSound(kinked) ? 0 : 1, 0, Infinity, unsoundOf(kinked));
  return { 'relu-alignment': [sound, ...reluAlignmentEvidence(kinked)] };
}

function unsoundOf({ decades }: KinkedFlowRecord): string {
  const shares = decades.slice(-4).map(({ angle, recomputed }) => recomputed / angle - 1);
  return `angles found afresh are off by ${shares.map((share) => share.toExponential(1)).join(', ')}`;
}

/** What such a run descends on. */
function objectiveOf({ problem: { activation, seed } }: FlowRecord): Objective {
  return planarProblem(activation as KnownActivation, seed).objective;
}

/** The same flow, decade by decade of α, from the run's last point on. */
function followOn(run: FlowRecord): { points: FlowPoint[]; ending: string } {
  const { last } = run.result;
  const targets: number[] = [];
  for (let alpha = 10 * last.alpha; alpha < MOST_ALPHA * 2; alpha *= 10) {
    targets.push(Number(alpha.toPrecision(6)));
  }
  if (targets.length === 0) return { points: [], ending: 'nothing further' };
  const far = followFlow(objectiveOf(run), last, { tolerance: 1e-9, targets, maxSteps: 8_000 });
  const met = far.marks.filter(({ name }) => name.startsWith('alpha '));
  return { points: met.map(({ point }) => point), ending: far.message };
}

function objections(run: FlowRecord, later: readonly FlowPoint[]): string[] {
  const { certificate, decadePoints } = run;
  const { margin } = certificate.limit;
  const points = [...decadePoints, ...later];
  const highest = highestSmoothedMargin(points, run.problem.degree);
  const found: string[] = [];
  if (highest > margin * (1 + ROUNDING)) {
    found.push(`the smoothed margin comes to ${highest}, above ${margin}`);
  }
  const after = certifyLimit(objectiveOf(run), points);
  if (Math.abs(after.limit.margin / margin - 1) > SAME_MARGIN) {
    found.push(`later points lead to the margin ${after.limit.margin}, not ${margin}`);
  }
  if (after.limit.stability.unstable > 0) found.push('later points lead to an unstable point');
  return found;
}

/** Counts over all rows, one line each. */
export function summary(rows: readonly StudyRow[]): string[] {
  const claims = [...new Set(rows.flatMap(({ verdicts }) => Object.keys(verdicts)))];
  const count = (claim: string, verdict: Verdict) =>
    rows.filter(({ verdicts }) => verdicts[claim] === verdict).length;
  const visits = rows.flatMap((row) => row.visits);
  const lambdas = visits.map(({ lambda }) => lambda);
  return [
    ...claims.map(
      (claim) =>
        `${claim}: ${count(claim, 'supported')} supported, ${count(claim, 'inconclusive')} inconclusive, ${count(claim, 'contradicted')} contradicted`,
    ),
    `certified: ${rows.filter(({ doubts }) => doubts.length === 0).length} of ${rows.length}`,
    `false certificates: ${rows.filter(({ falseFor }) => falseFor.length > 0).length}`,
    `runs with a visit to a saddle: ${rows.filter((row) => row.visits.length > 0).length}` +
      (lambdas.length > 0 ? `, λ from ${Math.min(...lambdas)} to ${Math.max(...lambdas)}` : ''),
  ];
}

async function main([activation, from, to]: readonly string[]): Promise<void> {
  const rows: StudyRow[] = [];
  for (let seed = Number(from); seed <= Number(to); seed++) {
    try {
      rows.push(await studyRow(activation as KnownActivation, seed));
      console.log(JSON.stringify(rows[rows.length - 1]));
    } catch (error) {
      console.log(JSON.stringify({ seed, error: (error as Error).message }));
    }
  }
  for (const line of summary(rows)) console.error(line);
}

if (process.argv[1]?.endsWith('planar-study.js')) await main(process.argv.slice(2));
