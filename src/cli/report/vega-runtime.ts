import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Runtime } from '../../report/index.js';

/** Vega for a page of its own, as it is installed here. */
export function vegaRuntime(): Runtime {
  const folder = dirname(createRequire(import.meta.url).resolve('vega/package.json'));
  const text = (...parts: string[]) => readFileSync(join(folder, ...parts), 'utf8');
  return { script: text('build', 'vega.min.js'), licence: text('LICENSE') };
}
