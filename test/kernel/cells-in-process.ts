import { rmSync } from 'node:fs';
import { createCompiler } from '../../src/kernel/session/compile/compiler.js';
import { createEvaluation, type Evaluation } from '../../src/kernel/session/evaluation.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';

/** Cells as the kernel's session runs them, in the process of the tests. */
export interface Cells {
  /** The value of a cell, or what it throws. */
  run(source: string): ReturnType<Evaluation['evaluate']>;
  get(name: string): unknown;
  /** Gives the cell up that has been handed in, as an interrupt does. */
  abandon(thrown: unknown): boolean;
}

/** Within a describe block: cells that share their variables, for all its tests. */
export function cellsInProcess(): Cells {
  const folder = temporaryFolder('cells-');
  after(() => rmSync(folder, { recursive: true, force: true }));
  let evaluation: Evaluation;
  let count = 0;
  before(() => {
    evaluation = createEvaluation(createCompiler(folder), folder);
  });
  return {
    run: (source) => evaluation.evaluate(++count, String(count), source),
    get: (name) => evaluation.scope.get(name),
    abandon: (thrown) => evaluation.abandon(thrown),
  };
}
