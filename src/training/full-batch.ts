import type { Dataset } from '../datasets/dataset.js';
import {
  exampleMargins,
  marginMap,
  requireLoss,
  type Loss,
  type MarginMap,
} from '../losses/index.js';
import type { EnginePool } from './engines.js';
import type { Interruption } from './interruption.js';
import { pooledStatistics } from './pooled-statistics.js';
import { chunkOf, type TrainingProblem } from './problem.js';

/** What a pass over a data set found. */
export interface Measurement {
  /** ℓ⁻¹ of the summed risk. */
  readonly alpha: number;
  /** Smallest margin, not normalised. */
  readonly smallestMargin: number;
  /** Share of the images whose smallest margin is not positive. */
  readonly error: number;
}

/** A row's measurements. */
export interface RowMeasurement {
  readonly train: Measurement;
  /** Share of misclassified test images; NaN without any. */
  readonly testError: number;
}

/** Passes over the whole training set, chunk by chunk; `undefined` where the run is to stop. */
export interface FullBatch {
  /** α, and `into` ← ∇α = Σ q ∇p. Each chunk has its own statistics of batch norms. */
  differentiate(theta: Float64Array, into: Float64Array): Promise<Measurement | undefined>;
  /** `into` ← the margins of all pairs, each image's together; the measurement that they give. */
  margins(theta: Float64Array, into: Float64Array): Promise<Measurement | undefined>;
  /**
   * Training and test set, without gradients. Batch norms have the statistics of the whole training
   * set: exact where it is one chunk, else the chunks' means and variances, pooled. A training
   * measurement that is `known` is not taken again, where there are no batch norms.
   */
  measure(theta: Float64Array, known?: Measurement): Promise<RowMeasurement | undefined>;
}

/** Images first ≤ i < last, and how their scores become margins. */
interface Chunk {
  readonly first: number;
  readonly last: number;
  readonly map: MarginMap;
}

/** Passes over the data of a problem, in chunks of its own size, with engines from a pool. */
export function fullBatch(
  problem: TrainingProblem,
  engines: EnginePool,
  interruption: Interruption,
): FullBatch {
  const { network, train, test, loss } = problem;
  const size = chunkOf(problem);
  const trainChunks = chunksOf(train, size);
  const testChunks = test ? chunksOf(test, size) : [];
  const part = new Float64Array(network.parameters);
  let isLookedAt = false;

  function findingOf(map: MarginMap, scores: Float64Array): ChunkFinding {
    // Once, at the margins that the run begins with: whether the loss is what it says.
    if (!isLookedAt) {
      const margins = new Float64Array(map.examples * map.pairs);
      map.margins(scores, margins);
      requireLoss(loss, margins, map.pairs);
      isLookedAt = true;
    }
    return dualise(loss, map, scores);
  }

  async function differentiate(theta: Float64Array, into: Float64Array) {
    const total = summary(loss, train.examples);
    into.fill(0);
    for (const { first, last, map } of trainChunks) {
      if (await interruption.requested()) return undefined;
      const engine = engines.stretch(train, first, last);
      let found!: ChunkFinding;
      const weightsOf = (scores: Float64Array) => (found = findingOf(map, scores)).weights;
      engine.differentiate(theta, weightsOf, part);
      const [kept, added] = total.add(found);
      for (let i = 0; i < into.length; i++) into[i] = kept * into[i] + added * part[i];
    }
    return total.measurement();
  }

  async function margins(theta: Float64Array, into: Float64Array) {
    const total = summary(loss, train.examples);
    for (const { first, last, map } of trainChunks) {
      if (await interruption.requested()) return undefined;
      const scores = engines.stretch(train, first, last).outputs(theta);
      map.margins(scores, into.subarray(first * map.pairs, last * map.pairs));
      total.add(findingOf(map, scores));
    }
    return total.measurement();
  }

  async function pass(theta: Float64Array, data: Dataset, chunks: readonly Chunk[]) {
    const total = summary(loss, data.examples);
    const pooled = pooledStatistics(network.statistics, network.nodes);
    for (const { first, last, map } of chunks) {
      if (await interruption.requested()) return undefined;
      const engine = engines.stretch(data, first, last);
      total.add(findingOf(map, engine.outputs(theta)));
      if (network.statistics > 0) pooled.add(engine.statistics(), last - first);
    }
    return { measurement: total.measurement(), statistics: pooled.result() };
  }

  async function measure(theta: Float64Array, known?: Measurement) {
    const plain = network.statistics === 0;
    try {
      const own = known && plain ? { measurement: known } : await pass(theta, train, trainChunks);
      if (!own) return undefined;
      if (!plain) engines.freeze((own as { statistics?: Float64Array }).statistics);
      const again = plain || trainChunks.length === 1 ? own : await pass(theta, train, trainChunks);
      const tested = test && again ? await pass(theta, test, testChunks) : undefined;
      if (!again || (test && !tested)) return undefined;
      return { train: again.measurement, testError: tested?.measurement.error ?? NaN };
    } finally {
      engines.freeze(undefined);
    }
  }

  return { differentiate, margins, measure };
}

function chunksOf({ examples, labels, classes }: Dataset, size: number): Chunk[] {
  return Array.from({ length: Math.ceil(examples / size) }, (_, k) => {
    const first = k * size;
    const last = Math.min(examples, first + size);
    return { first, last, map: marginMap(labels.subarray(first, last), classes) };
  });
}

/** What the scores of some images say; the loss itself is never formed. */
export interface ChunkFinding {
  readonly alpha: number;
  readonly smallestMargin: number;
  /** Number of misclassified images. */
  readonly wrong: number;
  /** ∂α/∂(scores). */
  readonly weights: Float64Array;
}

/** α of the images alone, with its derivatives with respect to their scores. */
export function dualise(loss: Loss, map: MarginMap, scores: Float64Array): ChunkFinding {
  const margins = new Float64Array(map.examples * map.pairs);
  const q = new Float64Array(margins.length);
  const weights = new Float64Array(scores.length);
  map.margins(scores, margins);
  const alpha = loss.dual(margins, map.pairs, q);
  map.transpose(q, weights);
  let smallestMargin = Infinity;
  let wrong = 0;
  for (const margin of exampleMargins(margins, map.pairs)) {
    smallestMargin = Math.min(smallestMargin, margin);
    if (!(margin > 0)) wrong++;
  }
  return { alpha, smallestMargin, wrong, weights };
}

/**
 * Adds up chunks. A chunk's risk is ℓ(its α), so that the α of all is that of the chunks' αs taken as
 * margins, and the dual variables of those are what each chunk's gradient counts.
 */
function summary(loss: Loss, examples: number) {
  let alpha: number | undefined;
  let smallestMargin = Infinity;
  let wrong = 0;
  const q = new Float64Array(2);
  return {
    /** Factors on the gradient so far and on the new chunk's. */
    add(found: ChunkFinding): readonly [number, number] {
      smallestMargin = Math.min(smallestMargin, found.smallestMargin);
      wrong += found.wrong;
      if (alpha === undefined) {
        ({ alpha } = found);
        return [0, 1];
      }
      alpha = loss.dual(Float64Array.of(alpha, found.alpha), 1, q);
      return [q[0], q[1]];
    },
    measurement: (): Measurement => ({ alpha: alpha!, smallestMargin, error: wrong / examples }),
  };
}
