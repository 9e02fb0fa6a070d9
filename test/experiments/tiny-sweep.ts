import type { SweepSpec } from '../../src/specs/index.js';
import { tinySpec } from './tiny-problems.js';

/** A sweep of flows that take some hundredths of a second each; `count` seeds of two widths. */
export function tinySweep(count = 3, name = 'tiny'): SweepSpec & { readonly batch: number } {
  return {
    name,
    title: 'A tiny one.',
    experiment: { kind: 'flow', problem: tinySpec('squared-relu'), decades: 3 },
    axes: [
      { name: 'width', at: 'problem.network.width', values: [4, 8] },
      { name: 'seed', at: 'problem.start.seed', values: { from: 1, count } },
    ],
    batch: 2,
  };
}
