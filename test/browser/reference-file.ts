import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';
import type { ReferenceProblem } from './reference-numbers.js';

export function referenceProblem(name: string): ReferenceProblem {
  const path = join(projectRoot(), 'datasets', 'reference', `flow-${name}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as ReferenceProblem;
}
