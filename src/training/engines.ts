import type { Dataset } from '../datasets/dataset.js';
import type { BatchEngine } from '../networks/index.js';
import type { TrainingProblem } from './problem.js';

/** The engines of a run, one for each size of batch, made when they are first needed. */
export interface EnginePool {
  /** Name of the engines. */
  readonly name: string;
  /** Images first ≤ i < last of a data set, in place. */
  stretch(data: Dataset, first: number, last: number): BatchEngine;
  /** The images with these indices, in place. */
  chosen(data: Dataset, indices: readonly number[]): BatchEngine;
  /** Fixes the statistics of batch norms, or lets each batch have its own again. */
  freeze(statistics: Float64Array | undefined): void;
  dispose(): void;
}

/** A pool of a problem's engines; they are called what the one for `usualSize` images is called. */
export function enginePool(problem: TrainingProblem, usualSize: number): EnginePool {
  const { network, engineFor } = problem;
  const engines = new Map<number, BatchEngine>();
  /** What lies in an engine, so that a single batch is loaded once. */
  const loaded = new Map<BatchEngine, { data: Dataset; first: number }>();
  let frozen: Float64Array | undefined;
  const gathered = new Map<number, Float64Array>();

  function engineOf(size: number): BatchEngine {
    const known = engines.get(size);
    if (known) return known;
    const engine = engineFor(size);
    engines.set(size, engine);
    if (frozen) engine.freezeStatistics(frozen);
    return engine;
  }

  return {
    name: engineOf(usualSize).name,
    stretch(data, first, last) {
      const engine = engineOf(last - first);
      const there = loaded.get(engine);
      if (there?.data !== data || there.first !== first) {
        engine.load(data.inputs.subarray(first * network.inputs, last * network.inputs));
        loaded.set(engine, { data, first });
      }
      return engine;
    },
    chosen(data, indices) {
      const engine = engineOf(indices.length);
      const { inputs } = network;
      const images = gathered.get(indices.length) ?? new Float64Array(indices.length * inputs);
      gathered.set(indices.length, images);
      indices.forEach((index, k) => {
        images.set(data.inputs.subarray(index * inputs, (index + 1) * inputs), k * inputs);
      });
      engine.load(images);
      loaded.delete(engine);
      return engine;
    },
    freeze(statistics) {
      if (network.statistics === 0) return;
      frozen = statistics;
      for (const engine of engines.values()) engine.freezeStatistics(statistics);
    },
    dispose() {
      for (const engine of engines.values()) engine.dispose();
      engines.clear();
      loaded.clear();
    },
  };
}
