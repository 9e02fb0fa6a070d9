import type { Evaluator } from '../networks/index.js';
import type { MarginMap } from './margins.js';

/** ∇p for every pair, from the Jacobian of the scores. */
export function marginJacobianOf(
  engine: Evaluator,
  map: MarginMap,
): (w: Float64Array) => Float64Array {
  const { parameters, outputs } = engine.network;
  let scores: Float64Array | undefined;
  let rows: Float64Array | undefined;
  return (w) => {
    scores ??= new Float64Array(engine.examples * outputs * parameters);
    rows ??= new Float64Array(map.examples * map.pairs * parameters);
    engine.jacobian(w, scores);
    const columnOfScores = new Float64Array(engine.examples * outputs);
    const columnOfMargins = new Float64Array(map.examples * map.pairs);
    for (let k = 0; k < parameters; k++) {
      for (let i = 0; i < columnOfScores.length; i++)
        columnOfScores[i] = scores[i * parameters + k];
      map.margins(columnOfScores, columnOfMargins);
      for (let i = 0; i < columnOfMargins.length; i++)
        rows[i * parameters + k] = columnOfMargins[i];
    }
    return rows;
  };
}
