import { twoPoints } from '../../src/datasets/closed-form.js';
import {
  flowProblem,
  type ActivationName,
  type FlowProblem,
  type Progress,
  type Settings,
} from '../../src/experiments/index.js';

export const smoke: Settings = { scale: 'smoke', seed: 1 };

/** Two points in space and a network of width 4 that a flow separates in milliseconds. */
export function tinyProblem(activation: ActivationName = 'squared-relu'): FlowProblem {
  const { dataset } = twoPoints([2, 1, 1], [1, -2, 1]);
  return flowProblem({
    name: `tiny ${activation}`,
    activation,
    data: dataset,
    width: 4,
    initialScale: 0.5,
    seed: 3,
  });
}

/** Settings that keep every report of progress. */
export function watched(settings: Settings = smoke): { settings: Settings; reports: Progress[] } {
  const reports: Progress[] = [];
  return { settings: { ...settings, onProgress: (report) => reports.push(report) }, reports };
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
