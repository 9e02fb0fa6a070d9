import type { BenchRecord, Tools } from '../../../src/cli/bench/entry.js';
import type { Comparison, Peer } from '../../../src/cli/bench/compare.js';
import type { Sample } from '../../../src/cli/bench/interleave.js';
import type { LiveLine } from '../../../src/cli/live-line.js';

/** Tools of an entry that starts no process. */
export function fakeTools(rounds: number, updates: string[] = [], folder = ''): Tools {
  return {
    rounds,
    folder,
    peer: () => Promise.reject(new Error('No process is wanted here.')),
    update: (text) => void updates.push(text),
  };
}

/** A side that claims the given seconds, one after the other and then again, and one answer. */
export function fakeRun(
  name: string,
  seconds: readonly number[],
  answer: number,
  turns: string[] = [],
): () => Promise<Sample> {
  let count = 0;
  return async () => {
    turns.push(name);
    return { seconds: seconds[count++ % seconds.length], answer: Float64Array.of(answer) };
  };
}

export function fakePeer(name: string, run: Peer['run'], details: object = {}): Peer {
  return { name, run, prepare: async () => ({ ...details }) };
}

/** A comparison of numbers with one answer each. */
export function fakeComparison(parts: Partial<Comparison> & Pick<Comparison, 'ours'>): Comparison {
  return {
    name: 'fake',
    size: 'one number',
    unit: 'ms',
    goal: { of: 'ratio', least: 2 },
    accuracy: { text: '1e-6', limit: 1e-6 },
    peers: [],
    difference: (answer, ours) => Math.abs(answer[0] - ours[0]),
    settle: 0,
    ...parts,
  };
}

export function fakeRecord(parts: Partial<BenchRecord> = {}): BenchRecord {
  return {
    name: 'fake',
    size: 'one number',
    unit: 'ms',
    ours: 2,
    peers: { slow: 30, quick: 5 },
    ratio: 2.5,
    goal: 2,
    goalText: 'ratio ≥ 2',
    met: true,
    spread: { ours: 0.1, slow: 0.2, quick: 0.04 },
    ...parts,
  };
}

export function silentLine(said: string[] = []): LiveLine {
  return { update: () => undefined, say: (text) => void said.push(text), end: () => undefined };
}
