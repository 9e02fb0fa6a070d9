import type { SerialObjective } from '../../losses/objective.js';
import { linearScores, type LinearScores } from './linear-scores.js';
import { marginRows, type MarginRows } from './margin-rows.js';
import type { RowChoice } from './row-choice.js';

/**
 * As `marginRowSets` for an objective with linear scores. What depends on the parameters is asked of the objective,
 * which multiplies each input once, however many margins are its own.
 */
export function scoreRowSets(
  objective: SerialObjective,
  choice: RowChoice,
  sets: number,
): MarginRows[] {
  const scores = linearScores(objective, choice.pairs);
  const all = new Float64Array(objective.examples * objective.pairs);
  return Array.from({ length: sets }, () => rowsFrom(objective, choice, scores, all));
}

function rowsFrom(
  objective: SerialObjective,
  choice: RowChoice,
  scores: LinearScores,
  all: Float64Array,
): MarginRows {
  const { pairs } = choice;
  const phi = new Float64Array(objective.parameters);
  let plain: MarginRows | undefined;
  // Rows by themselves, where they are asked for.
  const each = () => {
    plain ??= marginRows(objective, choice);
    plain.moveTo(phi);
    return plain;
  };
  const marginsAt = (w: Float64Array, into: Float64Array) => {
    const margins = objective.margins(w);
    for (let r = 0; r < pairs.length; r++) into[r] = margins[pairs[r]];
  };
  return {
    margins: pairs.length,
    count: pairs.length,
    scores,
    moveTo(w) {
      phi.set(w);
    },
    marginsInto(into) {
      marginsAt(phi, into);
    },
    // Margins are linear in the parameters.
    products: marginsAt,
    pullback(weights, into) {
      all.fill(0);
      for (let r = 0; r < pairs.length; r++) all[pairs[r]] = weights[r];
      objective.pullback(phi, all, into);
    },
    gram(into) {
      each().gram(into);
    },
    turning(_phi, _v, chosen, into) {
      into.fill(0, 0, chosen.length ** 2);
    },
    jacobian(into) {
      each().jacobian(into);
    },
    jacobianChange(_phi, _v, into) {
      into.fill(0);
    },
    values: (layer) => each().values(layer),
    gradients: (layer) => each().gradients(layer),
  };
}
