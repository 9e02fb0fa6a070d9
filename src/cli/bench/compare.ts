import {
  Refusal,
  unitsPerSecond,
  type BenchRecord,
  type Goal,
  type Tools,
  type Unit,
} from './entry.js';
import { sentenceOf } from '../files.js';
import { goalNumber, goalText, isMet } from './goals.js';
import { interleave, median, spreadOf, type Sample, type Side } from './interleave.js';

/** A tool that does the same work as we do. */
export interface Peer extends Side {
  /** Gets ready; returns what the record should tell of it, or throws why it cannot take part. */
  prepare(): Promise<Readonly<Record<string, unknown>>>;
}

/** The same work for us and for the peers. */
export interface Comparison {
  readonly name: string;
  readonly size: string;
  readonly unit: Unit;
  readonly goal: Goal | null;
  /** What all answers have to agree to. */
  readonly accuracy: { readonly text: string; readonly limit: number };
  ours(): Promise<Sample>;
  readonly peers: readonly Peer[];
  /** How far an answer is from being right; at most `accuracy.limit`, or the comparison is refused. */
  difference(answer: Float64Array, ours: Float64Array): number;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Pause before each turn, in milliseconds. */
  readonly settle?: number;
}

const OURS = 'ours';

/** Prepares all sides, checks that they agree, and only then times them, in turns. */
export async function compare(comparison: Comparison, tools: Tools): Promise<BenchRecord> {
  const { name, size, unit, goal, accuracy } = comparison;
  const title = `${name}, ${size}`;
  const prepared = await prepareAll(comparison, (peer) => tools.update(`${title}: ${peer}`));
  const sides: Side[] = [{ name: OURS, run: comparison.ours }, ...prepared.peers];
  tools.update(`${title}: do the answers agree?`);
  const difference = await differences(comparison, sides);
  const seconds = await interleave(
    sides,
    tools.rounds,
    (side, round) => tools.update(`${title}: round ${round} of ${tools.rounds}, ${side}`),
    comparison.settle,
  );
  const value = (side: string) => unitsPerSecond[unit] * median(seconds.get(side)!);
  const peers = Object.fromEntries(prepared.peers.map((peer) => [peer.name, value(peer.name)]));
  const ours = value(OURS);
  const best = Math.min(...Object.values(peers));
  const ratio = prepared.peers.length === 0 ? null : best / ours;
  return {
    name,
    size,
    unit,
    ours,
    peers,
    ratio,
    goal: goalNumber(goal),
    goalText: goalText(goal, unit),
    met: isMet(goal, ours, ratio),
    spread: Object.fromEntries([...seconds].map(([side, values]) => [side, spreadOf(values)])),
    accuracy: accuracy.text,
    difference,
    leftOut: prepared.leftOut,
    details: { ...comparison.details, rounds: tools.rounds, peers: prepared.details },
  };
}

interface Prepared {
  readonly peers: readonly Peer[];
  readonly leftOut: Readonly<Record<string, string>>;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Peers that cannot take part are left out by name, with the reason. */
async function prepareAll(
  { peers }: Comparison,
  onPeer: (name: string) => void,
): Promise<Prepared> {
  const ready: Peer[] = [];
  const leftOut: Record<string, string> = {};
  const details: Record<string, unknown> = {};
  for (const peer of peers) {
    onPeer(`${peer.name} gets ready`);
    try {
      details[peer.name] = await peer.prepare();
      ready.push(peer);
    } catch (error) {
      leftOut[peer.name] = sentenceOf(error);
    }
  }
  return { peers: ready, leftOut, details };
}

/** Runs every side once; throws a `Refusal` that names all sides that differ, and by how much. */
async function differences(
  { name, size, accuracy, difference }: Comparison,
  sides: readonly Side[],
): Promise<Record<string, number>> {
  const answers: [string, Float64Array][] = [];
  for (const side of sides) answers.push([side.name, (await side.run()).answer]);
  const ours = answers[0][1];
  const found = answers.map(([side, answer]) => [side, difference(answer, ours)] as const);
  // NaN is no agreement either.
  const wrong = found.filter(([, by]) => !(by <= accuracy.limit));
  if (wrong.length > 0) {
    const list = wrong.map(([side, by]) => `${side} differs by ${by.toExponential(1)}`).join(', ');
    throw new Refusal(
      `${name}, ${size}: no ratio, because the answers do not agree to ${accuracy.text}: ${list}.`,
      { name, size },
    );
  }
  return Object.fromEntries(found);
}
