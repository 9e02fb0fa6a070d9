import type { Dataset } from '../../datasets/index.js';
import { exampleMargins, objective, type Loss, type Objective } from '../../losses/index.js';
import {
  activeKktResidual,
  alignment,
  alignmentAngle,
  classificationError,
  degreeQuantiles,
  layerNorms,
  metricsAt,
  normalisersFor,
  radialDegrees,
  radialMargins,
  radialResiduals,
  snapshotAt,
  type Snapshot,
} from '../../metrics/index.js';
import {
  chunkedEvaluator,
  describeDegree,
  evaluatorOf,
  imageEngine,
  leadingDegree,
  sizeOf,
  type ImageNetwork,
} from '../../networks/index.js';
import { dot, minimum, quantile } from '../../numerics/index.js';
import type { MeasuredData } from './data-named.js';
import type { DataEntry, KktEntry, MarginEntry, MeasureRecord } from './record.js';
import type { LoadedWeights } from './state-dict.js';

/** Where distributions are reported: shares of the examples. */
const FRACTIONS = [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1];
/** Pairs whose dual variable is below this share of the largest pull at nothing. */
const THRESHOLD = 1e-6;
/** Most pairs in the KKT residual: more take long, and their gradients more than 1 GB. */
const MOST_PAIRS = 200;
const MOST_NUMBERS = 2 ** 27;
/** Numbers that the nodes of one batch may hold together, 64 MB, and images that it may have. */
const BATCH_NUMBERS = 2 ** 23;
const BATCH_IMAGES = 256;

export interface MeasureOptions {
  readonly loss: Loss;
  /** Most pairs in the KKT residual; default 200, or what 1 GB holds. */
  readonly kktPairs?: number | undefined;
  readonly onProgress?: (text: string) => void;
}

/** Measures a trained network on its training data and, where there are any, test data. */
export function measureNetwork(
  network: ImageNetwork,
  { theta, statistics, mapping }: LoadedWeights,
  { train, test }: MeasuredData,
  { loss, kktPairs, onProgress = () => {} }: MeasureOptions,
): MeasureRecord {
  let stage = '';
  const bound = (data: Dataset) => {
    const engine = imageEngine(network, batchFor(network, data.examples));
    engine.freezeStatistics(statistics);
    const evaluator = chunkedEvaluator(engine, data.inputs, (done) =>
      onProgress(`${stage}, image ${done} of ${data.examples}`),
    );
    const { inputs, labels, classes } = data;
    return { at: objective(network, inputs, labels, loss, classes, evaluator), engine };
  };
  const { at, engine } = bound(train);
  stage = 'margins and gradient';
  const shot = snapshotAt(at, theta);
  const training = exampleMargins(at.margins(theta), at.pairs);
  stage = 'test margins';
  const tested = test && marginsOf(bound(test).at, theta);
  stage = 'effective degree';
  const ray = radialMargins(at, theta);
  const near = radialResiduals(ray, leadingDegree(network));
  stage = 'KKT residual';
  const most = kktPairs ?? Math.max(1, Math.min(MOST_PAIRS, Math.floor(MOST_NUMBERS / at.parameters))); // prettier-ignore
  const kkt = kktEntry(shot, most, aloneOf(at, network, statistics));
  stage = 'normalisers';
  const norm = Math.exp(shot.logNorm);
  return {
    network: { name: network.name, parameters: network.parameters, degree: describeDegree(network.degree) }, // prettier-ignore
    mapping,
    data: { train: described(train), test: test ? described(test) : null },
    loss: loss.name,
    engine: engine.name,
    norm,
    alpha: shot.alpha,
    logRisk: shot.logRisk,
    trainingError: classificationError(shot),
    testError: tested ? errorOf(tested) : null,
    alignment: { cosine: alignment(shot), angle: alignmentAngle(shot) },
    kkt,
    effectiveDegree: {
      weighted: weightedDegree(shot),
      fractions: FRACTIONS,
      quantiles: degreeQuantiles({ degrees: radialDegrees(ray) }, FRACTIONS),
    },
    nearHomogeneity: {
      degree: near.degree,
      largest: near.largest,
      median: near.median,
      largestRelative: near.largestRelative,
      medianRelative: near.medianRelative,
    },
    layers: layerNorms(shot).map(({ name, weights, share, spectralShare }) => ({
      name,
      norm: share * norm,
      share,
      spectralShare: weights ? spectralShare : null,
    })),
    margins: marginEntries(at, theta, training, tested),
    metrics: metricsAt(shot),
  };
}

/** The margins as they are, and divided by each normaliser; the test margins by the same numbers. */
function marginEntries(
  at: Objective,
  theta: Float64Array,
  training: Float64Array,
  tested: Float64Array | undefined,
): MarginEntry[] {
  const entry = (normaliser: string, why: string, logValue: number): MarginEntry => {
    const divided = (margins: Float64Array) =>
      FRACTIONS.map((fraction) => quantile(margins, fraction) * Math.exp(-logValue));
    return {
      normaliser,
      why,
      logValue,
      fractions: FRACTIONS,
      training: divided(training),
      test: tested ? divided(tested) : null,
    };
  };
  return [
    entry('none', 'The differences of scores as they are.', 0),
    ...normalisersFor(at.network).map(({ name, why, logValue }) =>
      entry(name, why, logValue(at, theta)),
    ),
  ];
}

/** ⟨Σ q ∇p, θ⟩ / Σ q p, from the snapshot's own gradient. */
function weightedDegree({ degree, direction, logNorm, gradient, dual, pairMargins }: Snapshot) {
  const length = degree > 0 ? 1 : Math.exp(logNorm);
  return (length * dot(gradient, direction)) / dot(dual, pairMargins);
}

/** The residual, or one sentence on why there is none. */
function kktEntry(
  shot: Snapshot,
  most: number,
  onExample: (example: number) => Objective,
): KktEntry {
  const smallest = minimum(shot.margins);
  if (!(smallest > 0)) {
    return {
      residual: null,
      message: 'There is no KKT residual: it needs every training example to be classified.',
    };
  }
  const { multipliers, ...residual } = activeKktResidual(shot, {
    most,
    threshold: THRESHOLD,
    onExample,
  });
  const support = multipliers.filter((value) => value > 0).length;
  const left = residual.eligible - residual.active;
  const message =
    left > 0
      ? `An upper bound: ${left} of ${residual.eligible} pairs with a dual variable above ${THRESHOLD} of the largest did not enter.`
      : '';
  return { residual: { ...residual, support, threshold: THRESHOLD }, message };
}

/** Objectives on one example each, on one engine for all. */
function aloneOf(at: Objective, network: ImageNetwork, statistics: Float64Array | undefined) {
  const engine = imageEngine(network, 1);
  engine.freezeStatistics(statistics);
  return (i: number): Objective => {
    const inputs = at.inputs.subarray(i * network.inputs, (i + 1) * network.inputs);
    engine.load(inputs);
    const labels = at.labels.subarray(i, i + 1);
    return objective(network, inputs, labels, at.loss, at.classes, evaluatorOf(engine));
  };
}

function batchFor({ nodes }: ImageNetwork, examples: number): number {
  const numbers = nodes.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return Math.max(1, Math.min(examples, BATCH_IMAGES, Math.floor(BATCH_NUMBERS / numbers)));
}

function marginsOf(at: Objective, theta: Float64Array): Float64Array {
  return exampleMargins(at.margins(theta), at.pairs);
}

function errorOf(margins: Float64Array): number {
  return margins.filter((margin) => !(margin > 0)).length / margins.length;
}

function described({ name, source, examples }: Dataset): DataEntry {
  return { name, source, examples };
}
