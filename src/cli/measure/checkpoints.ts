import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { angleBetween, dot, norm } from '../../numerics/index.js';
import type { MeasureRecord } from './record.js';

/** One file of a folder of checkpoints. */
export interface Checkpoint {
  readonly path: string;
  /** The number in its name: an epoch or a step. */
  readonly at: number;
}

/** What is measured of a run, from one checkpoint to the next. */
export interface CheckpointRecord extends MeasureRecord {
  readonly file: string;
  readonly at: number;
  /** ‖θ/‖θ‖ − θ′/‖θ′‖‖ from the checkpoint before; null for the first. */
  readonly chord: number | null;
  /** Sum of the chords so far: at most the length of the path of directions. */
  readonly length: number;
  /** Cosine between θ and the step from the checkpoint before; null for the first, or where nothing moved. */
  readonly stepCosine: number | null;
}

const KINDS = ['.onnx', '.npz'];

/**
 * The checkpoints of a folder in the order of the last number in their names, all of one kind. Throws one
 * sentence where there are fewer than two, two kinds, or names whose numbers do not tell an order.
 */
export function checkpointsIn(folder: string): Checkpoint[] {
  const name = basename(folder);
  const files = readdirSync(folder).filter((file) => KINDS.some((kind) => file.endsWith(kind)));
  const kinds = KINDS.filter((kind) => files.some((file) => file.endsWith(kind)));
  if (kinds.length > 1) {
    throw new Error(`${name}: expected checkpoints of one kind, found ${kinds.join(' and ')}.`);
  }
  if (files.length < 2) {
    throw new Error(
      `${name}: expected two checkpoints or more (${KINDS.join(' or ')}), found ${files.length}.`,
    );
  }
  const numbered = files.map((file) => ({ file, at: numberIn(file) }));
  const odd = numbered.find(({ at }) => Number.isNaN(at));
  if (odd) {
    throw new Error(`${name}: ${odd.file} has no number in its name; expected an epoch or a step.`);
  }
  numbered.sort((a, b) => a.at - b.at);
  const twin = numbered.findIndex(({ at }, k) => k > 0 && at === numbered[k - 1].at);
  if (twin > 0) {
    const [one, other] = [numbered[twin - 1], numbered[twin]];
    throw new Error(`${name}: ${one.file} and ${other.file} have one number; expected an order.`);
  }
  return numbered.map(({ file, at }) => ({ path: join(folder, file), at }));
}

function numberIn(file: string): number {
  const found = file.replace(/\.\w+$/, '').match(/\d+/g);
  return found ? Number(found[found.length - 1]) : NaN;
}

/** What one checkpoint adds to those before it. */
export function following(
  { path, at }: Checkpoint,
  measured: MeasureRecord,
  theta: Float64Array,
  before: { readonly record: CheckpointRecord; readonly theta: Float64Array } | undefined,
): CheckpointRecord {
  const file = basename(path);
  if (before === undefined) return { file, at, ...measured, chord: null, length: 0, stepCosine: null }; // prettier-ignore
  const chord = 2 * Math.sin(angleBetween(theta, before.theta) / 2);
  const step = theta.map((value, k) => value - before.theta[k]);
  const size = norm(step) * norm(theta);
  return {
    file,
    at,
    ...measured,
    chord,
    length: before.record.length + chord,
    stepCosine: size > 0 ? dot(step, theta) / size : null,
  };
}
