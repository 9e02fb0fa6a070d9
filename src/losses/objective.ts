import {
  evaluator,
  requireSerial,
  type Evaluator,
  type Network,
  type SerialNetwork,
} from '../networks/index.js';
import { dot } from '../numerics/vectors.js';
import { addDualCurvature, dualChange, transposeTimes } from './dual-curvature.js';
import type { Loss } from './loss.js';
import { marginJacobianOf } from './margin-jacobian.js';
import { marginMap } from './margins.js';
import type { RiskEvaluation } from './risk-evaluation.js';

/**
 * The risk of a network on labelled data, in log-domain. The point is split into parameters `w` and
 * a `scale` that multiplies the margins: with a homogeneous network of degree L, w = θ/‖θ‖ and
 * scale = ‖θ‖^L describe θ; with any network, w = θ and scale = 1 do.
 */
export interface Objective {
  readonly network: Network;
  readonly evaluator: Evaluator;
  readonly loss: Loss;
  readonly classes: number;
  readonly labels: Float64Array;
  readonly inputs: Float64Array;
  readonly examples: number;
  /** Margins per example. */
  readonly pairs: number;
  /** Length of w. */
  readonly parameters: number;
  /** Margins p(w) alone, a buffer that the next call overwrites. */
  margins(w: Float64Array): Float64Array;
  /** α of the scaled margins alone (no gradient). */
  alpha(w: Float64Array, scale: number): number;
  /** Margins p(w), α and q, without the gradient. */
  dual(w: Float64Array, scale: number): Omit<RiskEvaluation, 'gradient'>;
  /** α, q and Σ q ∇p. */
  evaluate(w: Float64Array, scale: number): RiskEvaluation;
  /** into ← Σ weights ∇p at w, for weights on the margins. */
  pullback(w: Float64Array, weights: Float64Array, into: Float64Array): void;
  /** The (examples·pairs)×parameters matrix of ∇p(w), a buffer that the next call overwrites. */
  marginJacobian(w: Float64Array): Float64Array;
  /**
   * Derivatives of v = Σ q ∇p after `evaluate(w, scale)` at the same point: `byParameters` ← ∂v/∂w
   * (symmetric) and `byLogScale` ← ∂v/∂log(scale); returns ∂(Σ q p)/∂log(scale) and writes
   * `dualMarginsByParameters` ← ∂(Σ q p)/∂w.
   */
  secondOrder(
    w: Float64Array,
    scale: number,
    byParameters: Float64Array,
    byLogScale: Float64Array,
    dualMarginsByParameters: Float64Array,
  ): number;
  /** into ← Σ weights ∇²p at w. */
  curvature(w: Float64Array, weights: Float64Array, into: Float64Array): void;
  /** Σ weights ∇²p at w times each of some directions, given and written one after the other. */
  curvatureAlong(
    w: Float64Array,
    weights: Float64Array,
    directions: Float64Array,
    into: Float64Array,
  ): void;
}

/** An objective of a chain of layers: what asks for single layers, such as slopes on kinks, takes one. */
export interface SerialObjective extends Objective {
  readonly network: SerialNetwork;
}

/** The objective as one of a chain of layers; throws a sentence that says what needs one. */
export function requireSerialObjective(objective: Objective, what: string): SerialObjective {
  requireSerial(objective.network, what);
  return objective as SerialObjective;
}

/**
 * Binds a network, its data and a loss. `inputs` holds the examples, row after row, `network.inputs`
 * numbers each; `labels` are ±1 for two classes (the default, one score), or 0 to classes − 1 (a score for
 * each class). The risk is a sum over the examples, not a mean. `engine` does the arithmetic of the network
 * on these inputs, by default in float64. Throws a sentence where sizes or labels do not agree.
 */
export function objective(
  network: SerialNetwork,
  inputs: Float64Array,
  labels: Float64Array,
  loss: Loss,
  classes?: number,
  engine?: Evaluator,
): SerialObjective;
export function objective(
  network: Network,
  inputs: Float64Array,
  labels: Float64Array,
  loss: Loss,
  classes?: number,
  engine?: Evaluator,
): Objective;
export function objective(
  network: Network,
  inputs: Float64Array,
  labels: Float64Array,
  loss: Loss,
  classes = 2,
  engine: Evaluator = evaluator(network, inputs),
): Objective {
  const map = marginMap(labels, classes);
  requireShapes(network, engine, labels, classes);
  const { parameters } = network;
  const { pairs, examples } = map;
  const count = examples * pairs;
  const margins = new Float64Array(count);
  const scaled = new Float64Array(count);
  const q = new Float64Array(count);
  const gradient = new Float64Array(parameters);
  const scoreWeights = new Float64Array(examples * network.outputs);
  let alpha = NaN;
  const state: RiskEvaluation = {
    margins,
    q,
    gradient,
    get alpha() {
      return alpha;
    },
  };

  function marginsAt(w: Float64Array): Float64Array {
    map.margins(engine.outputs(w), margins);
    return margins;
  }

  function alphaAt(w: Float64Array, scale: number): number {
    marginsAt(w);
    return dualise(scale);
  }

  function dualise(scale: number): number {
    for (let i = 0; i < count; i++) scaled[i] = scale * margins[i];
    alpha = loss.dual(scaled, pairs, q);
    return alpha;
  }

  function dualWeights(scores: Float64Array, scale: number): Float64Array {
    map.margins(scores, margins);
    dualise(scale);
    map.transpose(q, scoreWeights);
    return scoreWeights;
  }

  /** The scores at w, and weights on the margins as weights on them. */
  function weightsAt(w: Float64Array, weights: Float64Array): Float64Array {
    engine.outputs(w);
    map.transpose(weights, scoreWeights);
    return scoreWeights;
  }

  const marginJacobian = marginJacobianOf(engine, map);

  return {
    network,
    evaluator: engine,
    loss,
    classes,
    labels,
    inputs,
    examples,
    pairs,
    parameters,
    margins: marginsAt,
    alpha: alphaAt,
    dual(w, scale) {
      alphaAt(w, scale);
      return state;
    },
    evaluate(w, scale) {
      engine.differentiate(w, (scores) => dualWeights(scores, scale), gradient);
      return state;
    },
    pullback(w, weights, into) {
      engine.pullback(w, weightsAt(w, weights), into);
    },
    marginJacobian(w) {
      engine.outputs(w);
      return marginJacobian(w);
    },
    secondOrder(w, scale, byParameters, byLogScale, dualMarginsByParameters) {
      const g = marginJacobian(w);
      map.transpose(q, scoreWeights);
      engine.curvature(w, scoreWeights, byParameters);
      const change = dualChange(state, loss, pairs);
      addDualCurvature(g, state, loss, pairs, scale, byParameters);
      transposeTimes(g, change, parameters, byLogScale, scale);
      for (let i = 0; i < parameters; i++) {
        dualMarginsByParameters[i] = gradient[i] + byLogScale[i];
      }
      return scale * dot(margins, change);
    },
    curvature(w, weights, into) {
      engine.curvature(w, weightsAt(w, weights), into);
    },
    curvatureAlong(w, weights, directions, into) {
      engine.curvatureAlong(w, weightsAt(w, weights), directions, into);
    },
  };
}

function requireShapes(network: Network, engine: Evaluator, labels: Float64Array, classes: number) {
  if (labels.length !== engine.examples) {
    throw new Error(`There are ${engine.examples} inputs but ${labels.length} labels.`);
  }
  const scores = classes === 2 ? 1 : classes;
  if (network.outputs !== scores) {
    throw new Error(
      `${classes} classes need a network with ${scores} output${scores > 1 ? 's' : ''}; ` +
        `'${network.name}' has ${network.outputs}.`,
    );
  }
}
