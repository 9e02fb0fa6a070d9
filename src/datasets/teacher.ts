import type { RandomStream } from '../numerics/random.js';
import type { Dataset } from './dataset.js';
import {
  requireCount,
  requirePositive,
  seedWords,
  toStream,
  type Randomness,
} from './generation.js';
import { planar, type PlanarOptions } from './planar.js';

/** Φ(x) = Σ_j a_j σ(w_j·(x₁, x₂, 1)), with layers balanced as at a KKT point and norm 1. */
export interface Teacher {
  readonly activation: 'relu' | 'squared-relu';
  readonly width: number;
  /** L: 2 with ReLU, 3 with squared ReLU. */
  readonly homogeneity: number;
  /** width×3 hidden weights, row-major, then `width` output weights; Euclidean norm 1. */
  readonly parameters: Float64Array;
}

/** The teacher, and which points it keeps. */
export interface TeacherOptions extends PlanarOptions {
  /** n, the number of points, at least 2. */
  readonly examples: number;
  readonly activation: 'relu' | 'squared-relu';
  /** Least |Φ(x)| of the norm-1 teacher on the points that are kept, > 0. */
  readonly margin: number;
  /** Hidden neurons of the teacher (default 4). */
  readonly width?: number;
}

/** Points of the plane with the labels of a two-layer teacher, and the teacher itself. */
export interface TeacherProblem {
  readonly dataset: Dataset;
  readonly teacher: Teacher;
  /** Normalised margin of the teacher on the data, min y_i Φ(x_i)/‖θ‖^L ≥ the `margin` asked for. */
  readonly teacherMargin: number;
}

/** Each class has at least this share of the points. */
const LEAST_SHARE = 0.3;
const MOST_TEACHERS = 1000;
/** Draws per point wanted, before a teacher is given up. */
const DRAWS_PER_POINT = 20;

/**
 * The standard problem: n points uniform in [−1, 1]², labelled by the sign of a random two-layer
 * teacher; points whose |Φ| is below `margin` are dropped and drawn again. So a network at least as
 * wide as the teacher, on the same inputs, has a normalised margin of at least `margin` within
 * reach. Teachers that give one class less than 30 % of the points, or keep fewer than one point in
 * 20, are replaced by the next one.
 *
 * Inputs n×3 with the constant, or n×2 without (the teacher always sees the constant). `random`: a
 * seed (an integer) or a stream; the same seed gives the same bytes. Throws an Error of one sentence
 * when an option is out of range or when none of 1,000 teachers reaches the margin.
 */
export function teacherProblem(options: TeacherOptions, random: Randomness): TeacherProblem {
  const { examples, activation, margin, width = 4, constant = true } = options;
  requireCount('teacherProblem', 'examples', examples, 2);
  requireCount('teacherProblem', 'width', width);
  requirePositive('teacherProblem', 'margin', margin);
  const stream = toStream('teacherProblem', random);
  for (let attempt = 0; attempt < MOST_TEACHERS; attempt++) {
    const teacher = randomTeacher(activation, width, stream.split(`teacher ${attempt}`));
    const points = labelledPoints(teacher, examples, margin, stream.split(`points ${attempt}`));
    if (points === undefined) continue;
    const source =
      `generated: points uniform in [−1, 1]², labelled by a random two-layer ${activation} teacher ` +
      `of width ${width}, teacher margin ≥ ${margin}${seedWords(random)}`;
    const dataset = planar('teacher-labelled', source, points.inputs, points.labels, constant);
    return { dataset, teacher, teacherMargin: points.least };
  }
  throw new Error(
    `teacherProblem: expected ${examples} points with teacher margin at least ${margin}, found too few or too uneven ones with ${MOST_TEACHERS} teachers; choose a smaller margin.`,
  );
}

/**
 * Φ(x) of the teacher at the point (x1, x2) of the plane, a score whose sign is the label; the constant
 * input is supplied here.
 */
export function teacherValue(teacher: Teacher, x1: number, x2: number): number {
  const { parameters, width, homogeneity } = teacher;
  let value = 0;
  for (let j = 0; j < width; j++) {
    const z = parameters[3 * j] * x1 + parameters[3 * j + 1] * x2 + parameters[3 * j + 2];
    const active = z > 0 ? z : 0;
    value += parameters[3 * width + j] * (homogeneity === 3 ? active * active : active);
  }
  return value;
}

function randomTeacher(
  activation: Teacher['activation'],
  width: number,
  stream: RandomStream,
): Teacher {
  const homogeneity = activation === 'squared-relu' ? 3 : 2;
  const parameters = new Float64Array(4 * width);
  for (let j = 0; j < width; j++) {
    let squared = 0;
    for (let k = 0; k < 3; k++) {
      parameters[3 * j + k] = stream.normal();
      squared += parameters[3 * j + k] ** 2;
    }
    // ‖w_j‖² = (L − 1) a_j²: for a given function of the neuron, its parameters are then shortest.
    const sign = stream.uniform() < 0.5 ? -1 : 1;
    parameters[3 * width + j] = sign * Math.sqrt(squared / (homogeneity - 1));
  }
  const norm = Math.sqrt(parameters.reduce((sum, value) => sum + value * value, 0));
  return { activation, width, homogeneity, parameters: parameters.map((value) => value / norm) };
}

/** n points with |Φ| ≥ margin and their labels, or undefined when there are too few or too uneven. */
function labelledPoints(
  teacher: Teacher,
  examples: number,
  margin: number,
  stream: RandomStream,
): { inputs: number[]; labels: number[]; least: number } | undefined {
  const inputs: number[] = [];
  const labels: number[] = [];
  let least = Infinity;
  for (let draw = 0; draw < DRAWS_PER_POINT * examples && labels.length < examples; draw++) {
    const x1 = 2 * stream.uniform() - 1;
    const x2 = 2 * stream.uniform() - 1;
    const value = teacherValue(teacher, x1, x2);
    if (Math.abs(value) < margin) continue;
    inputs.push(x1, x2);
    labels.push(Math.sign(value));
    least = Math.min(least, Math.abs(value));
  }
  const positive = labels.filter((label) => label > 0).length;
  const smaller = Math.min(positive, labels.length - positive);
  const enough = labels.length === examples && smaller >= LEAST_SHARE * examples;
  return enough ? { inputs, labels, least } : undefined;
}
