import { requireStepRule, type StepRule } from '../flows/index.js';
import { tailRefusal, type Loss } from '../losses/index.js';
import type { ImageNetwork } from '../networks/index.js';
import { requireSchedule, type Schedule } from './schedule.js';

/**
 * Mini-batches of `batch` images, each epoch in a new order: v ← momentum·v − ∇(mean risk of the
 * batch), θ ← θ + η·v. What is left of an epoch is a smaller batch of its own.
 */
export interface SgdPhase {
  readonly kind: 'sgd';
  readonly batch: number;
  readonly epochs: number;
  /** In [0, 1). */
  readonly momentum: number;
  readonly learningRate: Schedule;
  /**
   * Ends the phase after an epoch in which at most this share of the images was misclassified, each
   * when its mini-batch came; 0 asks for 100 % training accuracy for one whole epoch.
   */
  readonly untilError?: number;
  /** Ends the phase when α of the whole training set, measured after an epoch, reaches this. */
  readonly untilAlpha?: number;
  /** The whole training set is measured after every so many epochs (default 1) and after the last. */
  readonly measureEvery?: number;
}

/** Steps along −∇𝓛 of the summed risk of the whole training set: see `StepRule`. */
export interface DescentPhase {
  readonly kind: 'descent';
  readonly rule: StepRule;
  /** Ends the phase when α reaches this. */
  readonly untilAlpha: number;
  /** Most steps, undone ones included. */
  readonly maxSteps: number;
  /** In [0, 1), default 0: see `ruledDescent`. */
  readonly momentum?: number;
}

/**
 * Implicit steps on the pairs of an image and a wrong class that matter: see `implicitPhase`. For
 * networks without batch norm, once α is 5 or more.
 */
export interface ImplicitPhase {
  readonly kind: 'implicit';
  /** Length of the first step, as a share of ‖θ‖; later ones follow from how well steps are foretold. */
  readonly first: number;
  /** No step is longer than this share. */
  readonly longest: number;
  /** Most pairs in a step: each takes the memory of two gradients. */
  readonly mostPairs: number;
  readonly untilAlpha: number;
  /** Most steps, undone ones included. */
  readonly maxSteps: number;
}

/** One stretch of a training, as plain data. */
export type Phase = SgdPhase | DescentPhase | ImplicitPhase;

/** Throws one sentence that names the place where the phases make no sense. */
export function requirePhases(
  phases: readonly Phase[],
  examples: number,
  network: Pick<ImageNetwork, 'name' | 'statistics'>,
  loss: Loss,
): void {
  if (phases.length === 0) throw new Error('phases is empty; expected at least one phase.');
  phases.forEach((phase, k) => {
    const where = `phases[${k}]`;
    if (phase.kind === 'implicit') return requireImplicit(phase, where, network, loss);
    const momentum = phase.momentum ?? 0;
    if (!(momentum >= 0 && momentum < 1)) {
      throw new Error(`${where}.momentum is ${momentum}; expected a number from 0 to below 1.`);
    }
    if (phase.kind === 'sgd') return requireSgd(phase, where, examples);
    requireStepRule(phase.rule);
    requireWhole(phase.maxSteps, `${where}.maxSteps`);
    requireNumber(phase.untilAlpha, `${where}.untilAlpha`);
  });
}

function requireImplicit(
  phase: ImplicitPhase,
  where: string,
  { name, statistics }: Pick<ImageNetwork, 'name' | 'statistics'>,
  loss: Loss,
): void {
  const tail = tailRefusal(loss);
  if (tail !== undefined) {
    throw new Error(
      `${where} has the dual variables of an exponential tail, and ${tail}: use descent.`,
    );
  }
  if (statistics > 0) {
    throw new Error(
      `${where} needs each image's gradient by itself, and '${name}' has batch norms, ` +
        'through which images act on each other: use descent.',
    );
  }
  const { first, longest, mostPairs, untilAlpha, maxSteps } = phase;
  if (!(first > 0 && longest >= first && longest < 1)) {
    throw new Error(
      `${where} has steps of ${first} to ${longest}; expected 0 < first ≤ longest < 1, shares of ‖θ‖.`,
    );
  }
  requireWhole(mostPairs, `${where}.mostPairs`);
  requireWhole(maxSteps, `${where}.maxSteps`);
  requireNumber(untilAlpha, `${where}.untilAlpha`);
}

function requireSgd(phase: SgdPhase, where: string, examples: number): void {
  const { batch, epochs, learningRate, untilError, untilAlpha, measureEvery } = phase;
  requireWhole(epochs, `${where}.epochs`);
  requireWhole(batch, `${where}.batch`);
  if (batch > examples) {
    throw new Error(`${where}.batch is ${batch}; expected at most the ${examples} images.`);
  }
  requireSchedule(learningRate, epochs, `${where}.learningRate`);
  if (untilError !== undefined && !(untilError >= 0 && untilError < 1)) {
    throw new Error(`${where}.untilError is ${untilError}; expected a share from 0 to below 1.`);
  }
  if (untilAlpha !== undefined) requireNumber(untilAlpha, `${where}.untilAlpha`);
  if (measureEvery !== undefined) requireWhole(measureEvery, `${where}.measureEvery`);
}

function requireWhole(value: number, where: string): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new Error(`${where} is ${value}; expected a whole number of at least 1.`);
}

function requireNumber(value: number, where: string): void {
  if (Number.isFinite(value)) return;
  throw new Error(`${where} is ${value}; expected a finite number.`);
}
