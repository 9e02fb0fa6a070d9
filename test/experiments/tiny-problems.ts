import {
  flowProblem,
  type FlowProblem,
  type Progress,
  type RunContext,
  type Settings,
} from '../../src/experiments/index.js';
import type { KnownActivation, ProblemSpec } from '../../src/specs/index.js';

export const smoke: Settings = { scale: 'smoke', seed: 1 };

/** Two points in space and a network of width 4 that a flow separates in milliseconds. */
export function tinySpec(activation: KnownActivation = 'squared-relu', seed = 3): ProblemSpec {
  return {
    name: `tiny ${activation}`,
    data: {
      kind: 'inline',
      name: 'two points',
      inputs: [
        [2, 1, 1],
        [1, -2, 1],
      ],
      labels: [1, -1],
    },
    network: { kind: 'two-layer', width: 4, activation },
    loss: 'exponential',
    start: { kind: 'he', scale: 0.5, seed },
  };
}

export function tinyProblem(activation?: KnownActivation): FlowProblem {
  return flowProblem(tinySpec(activation));
}

/** The same with a start from which nothing ever moves: output weights 0, the hidden layer dead. */
export function deadSpec(): ProblemSpec {
  const theta = Array.from({ length: 16 }, (_, i) => (i < 12 ? [-3, 1, -1][i % 3] : 0));
  return { ...tinySpec(), start: { kind: 'theta', theta } };
}

/** A context that keeps every report of progress. */
export function watched(context: RunContext = {}): { context: RunContext; reports: Progress[] } {
  const reports: Progress[] = [];
  return { context: { ...context, onProgress: (report) => reports.push(report) }, reports };
}

/** A signal that is given after it has been looked at `times` times. */
export function signalAfter(times: number): { readonly aborted: boolean } {
  let looks = 0;
  return {
    get aborted() {
      return looks++ >= times;
    },
  };
}

/** What the promise was rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (reason) {
    return reason;
  }
  throw new Error('The promise was not rejected.');
}
