import { expect } from 'chai';
import type { z } from 'zod';
import type { FlowSpec, ProblemSpec, TrainingSpec } from '../../src/specs/index.js';
import type { flowFormat, problemFormat } from '../../src/specs/problem.js';
import type { trainingFormat } from '../../src/specs/training.js';

type Writable<T> = { -readonly [K in keyof T]: Writable<T[K]> };
type Said<T> = Omit<T, '$schema'>;

/** Compiles where either type can stand for the other, but for `readonly`. */
function sameTypes<Spec, Input>(
  toSpec: (raw: Said<Input>) => Spec,
  toInput: (spec: Writable<Spec>) => Said<Input>,
): boolean {
  return typeof toSpec === typeof toInput;
}

describe('the types of descriptions', () => {
  it('are those that the schemas take', () => {
    const same = [
      sameTypes<ProblemSpec, z.input<typeof problemFormat>>((raw) => raw, (spec) => spec),
      sameTypes<FlowSpec, z.input<typeof flowFormat>>((raw) => raw, (spec) => spec),
      sameTypes<TrainingSpec, z.input<typeof trainingFormat>>((raw) => raw, (spec) => spec),
    ]; // prettier-ignore
    expect(same).to.deep.equal([true, true, true]);
  });
});
