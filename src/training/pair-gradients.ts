import { marginMap } from '../losses/index.js';
import type { EnginePool } from './engines.js';
import type { Interruption } from './interruption.js';
import type { TrainingProblem } from './problem.js';

/**
 * Gradients of margins, one row for each of the given pairs (numbered image by image): pairs×parameters,
 * row-major. Each image goes through the network once, alone, so there may be no batch norms.
 * Undefined where the run is to stop.
 */
export async function pairGradients(
  { network, train }: TrainingProblem,
  engines: EnginePool,
  interruption: Interruption,
  theta: Float64Array,
  pairs: readonly number[],
): Promise<Float64Array | undefined> {
  const { parameters, outputs } = network;
  const rows = new Float64Array(pairs.length * parameters);
  const scoreWeights = new Float64Array(outputs);
  let at = -1;
  for (const [r, pair] of pairs.entries()) {
    if (await interruption.requested()) return undefined;
    const perImage = outputs === 1 ? 1 : outputs - 1;
    const image = Math.floor(pair / perImage);
    const engine = engines.stretch(train, image, image + 1);
    if (image !== at) engine.outputs(theta);
    at = image;
    const { transpose } = marginMap(train.labels.subarray(image, image + 1), train.classes);
    const pairWeights = new Float64Array(perImage);
    pairWeights[pair - image * perImage] = 1;
    transpose(pairWeights, scoreWeights);
    engine.pullback(theta, scoreWeights, rows.subarray(r * parameters, (r + 1) * parameters));
  }
  return rows;
}
