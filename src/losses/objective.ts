import { evaluator, type Evaluator, type Network } from '../networks/index.js';
import { algebraForOrder } from '../numerics/linear-algebra.js';
import { dot } from '../numerics/vectors.js';
import type { Loss } from './loss.js';
import { marginMap, type MarginMap } from './margins.js';

/** What `Objective.evaluate` leaves at one point: views on buffers that the next call overwrites. */
export interface DualState {
  /** Unscaled margins p(w), one per pair. */
  readonly margins: Float64Array;
  /** Dual variables q = ∂α/∂(scaled margins). */
  readonly q: Float64Array;
  /** Σ q ∇p(w). */
  readonly gradient: Float64Array;
  /** α of the scaled margins. */
  readonly alpha: number;
}

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
  dual(w: Float64Array, scale: number): Omit<DualState, 'gradient'>;
  /** α, q and Σ q ∇p. */
  evaluate(w: Float64Array, scale: number): DualState;
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
}

/**
 * Binds a network, its data and a loss. `engine` does the arithmetic of the network on these inputs,
 * by default in float64. Throws a sentence where sizes or labels do not agree.
 */
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
  const state: DualState = {
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

  function pullback(w: Float64Array, weights: Float64Array, into: Float64Array): void {
    map.transpose(weights, scoreWeights);
    engine.pullback(w, scoreWeights, into);
  }

  const marginJacobian = marginJacobianOf(engine, map);

  function curvature(w: Float64Array, weights: Float64Array, into: Float64Array): void {
    engine.outputs(w);
    map.transpose(weights, scoreWeights);
    engine.curvature(w, scoreWeights, into);
  }

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
      engine.outputs(w);
      pullback(w, weights, into);
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
    curvature,
  };
}

/** (∂q/∂p)·margins, the change of q when all margins grow in proportion. */
function dualChange(state: DualState, loss: Loss, pairs: number): Float64Array {
  const { q, margins, alpha } = state;
  const across = loss.across(alpha) * dot(q, margins);
  const within = loss.within(alpha);
  const change = new Float64Array(q.length);
  for (let first = 0; first < q.length; first += pairs) {
    let own = 0;
    for (let j = first; j < first + pairs; j++) own += q[j] * margins[j];
    for (let j = first; j < first + pairs; j++) {
      change[j] = q[j] * (across + within * own - margins[j]);
    }
  }
  return change;
}

/** matrix += scale · Gᵀ (∂q/∂p) G, with only the rows of G that matter in double precision. */
function addDualCurvature(
  g: Float64Array,
  state: DualState,
  loss: Loss,
  pairs: number,
  scale: number,
  matrix: Float64Array,
): void {
  const { q, gradient, alpha } = state;
  const n = gradient.length;
  const rows: Float64Array[] = [];
  const signs: number[] = [];
  const push = (row: Float64Array, factor: number) => {
    if (factor === 0) return;
    const root = Math.sqrt(Math.abs(factor));
    rows.push(row.map((value) => root * value));
    signs.push(Math.sign(factor));
  };
  const within = loss.within(alpha);
  for (let first = 0; first < q.length; first += pairs) {
    const own = pairs > 1 || within > 1e-18 ? new Float64Array(n) : undefined;
    for (let j = first; j < first + pairs; j++) {
      if (q[j] * scale < 1e-16) continue;
      const row = g.subarray(j * n, (j + 1) * n);
      push(row, -scale * q[j]);
      if (own) for (let k = 0; k < n; k++) own[k] += q[j] * row[k];
    }
    if (own && within > 1e-18) push(own, scale * within);
  }
  push(gradient, scale * loss.across(alpha));
  addWeightedOuter(rows, signs, n, matrix);
}

/** matrix += Σ sign_r row_r row_rᵀ. */
function addWeightedOuter(
  rows: readonly Float64Array[],
  signs: readonly number[],
  n: number,
  matrix: Float64Array,
): void {
  const count = rows.length;
  const left = new Float64Array(count * n);
  const right = new Float64Array(count * n);
  rows.forEach((row, r) => {
    right.set(row, r * n);
    left.set(signs[r] < 0 ? row.map((value) => -value) : row, r * n);
  });
  // Chosen by order like the factorization it feeds, so that small problems stay on one side.
  const algebra = algebraForOrder(n);
  algebra.gemm(true, false, n, n, count, 1, left, 0, n, right, 0, n, 1, matrix, 0, n);
}

/** into ← factor · Gᵀ weights. */
function transposeTimes(
  g: Float64Array,
  weights: Float64Array,
  n: number,
  into: Float64Array,
  factor: number,
): void {
  into.fill(0);
  for (let r = 0; r < weights.length; r++) {
    const weight = factor * weights[r];
    if (weight === 0) continue;
    for (let k = 0, p = r * n; k < n; k++) into[k] += weight * g[p++];
  }
}

/** ∇p for every pair, from the Jacobian of the scores. */
function marginJacobianOf(engine: Evaluator, map: MarginMap): (w: Float64Array) => Float64Array {
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
