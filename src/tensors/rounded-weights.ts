/** Weights are scaled where the largest lies outside of this number and its inverse. */
const ample = 2 ** 30;

/** Weights on scores, as single precision takes them. */
export interface RoundedWeights {
  readonly values: Float32Array;
  /** Gives a gradient with these weights its size back; throws what asking for the weights threw. */
  scaleBack(gradient: Float64Array): void;
}

/**
 * Asks for the weights and rounds them, divided by a power of two near the largest where that is far
 * from one. An error must not end the computation that asks, which would keep its tensors: the weights
 * are then zero, and the error comes with `scaleBack`.
 */
export function roundWeights(count: number, ask: () => Float64Array): RoundedWeights {
  let weights: Float64Array;
  try {
    weights = ask();
  } catch (error) {
    const scaleBack = () => {
      throw error;
    };
    return { values: new Float32Array(count), scaleBack };
  }
  const unit = unitOf(weights);
  return {
    values: unit === 1 ? new Float32Array(weights) : Float32Array.from(weights, (w) => w / unit),
    scaleBack(gradient) {
      if (unit !== 1) for (let i = 0; i < gradient.length; i++) gradient[i] *= unit;
    },
  };
}

function unitOf(weights: Float64Array): number {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const isPlain = largest > 1 / ample && largest < ample;
  if (isPlain || largest === 0 || !Number.isFinite(largest)) return 1;
  return 2 ** Math.floor(Math.log2(largest));
}
