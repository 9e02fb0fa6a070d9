import { scales, type Scale } from '../specs/scale.js';
import type { Settings } from './settings.js';

/** What a notebook's cell `parameters` holds, whatever papermill put there; left out: the environment's. */
export interface NotebookParameters {
  readonly seed?: unknown;
  readonly scale?: unknown;
}

/**
 * The settings that a notebook runs with: those it is given, else AFTERFIT_SCALE and AFTERFIT_SEED where
 * they are set, as `npm run reproduce` does, else a look at seed 1. Throws a sentence where they make no sense.
 */
export function notebookSettings(
  { seed, scale }: NotebookParameters = {},
  environment: Readonly<Record<string, string | undefined>> = processEnvironment(),
): Settings {
  const { AFTERFIT_SCALE: ownScale = 'smoke', AFTERFIT_SEED: ownSeed = '1' } = environment;
  return {
    scale: scale === undefined ? scaleOf(ownScale, 'AFTERFIT_SCALE') : scaleOf(scale, 'scale'),
    seed: seed === undefined ? seedOf(ownSeed, 'AFTERFIT_SEED') : seedOf(seed, 'seed'),
  };
}

function scaleOf(value: unknown, name: string): Scale {
  const scale = scales.find((each) => each === value);
  if (scale === undefined) {
    throw new Error(`${name} is ${inWords(value)}; expected one of ${scales.join(', ')}.`);
  }
  return scale;
}

function seedOf(value: unknown, name: string): number {
  const seed = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (!Number.isSafeInteger(seed) || (seed as number) < 0) {
    throw new Error(`${name} is ${inWords(value)}; expected a whole number.`);
  }
  return seed as number;
}

function inWords(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  return typeof value === 'object' && value !== null ? 'a list or a record' : String(value);
}

/** Nothing where there is no process, as in a browser. */
function processEnvironment(): Readonly<Record<string, string | undefined>> {
  return typeof process === 'undefined' ? {} : process.env;
}
