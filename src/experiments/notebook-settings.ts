import { scales, type Scale } from '../specs/scale.js';
import type { Settings } from './settings.js';

/**
 * The settings that a notebook runs with: AFTERFIT_SCALE and AFTERFIT_SEED where they are set, as
 * `npm run reproduce` does, else a look at seed 1. Throws a sentence where they make no sense.
 */
export function notebookSettings(
  environment: Readonly<Record<string, string | undefined>> = processEnvironment(),
): Settings {
  const { AFTERFIT_SCALE: scale = 'smoke', AFTERFIT_SEED: seed = '1' } = environment;
  if (!scales.includes(scale as Scale)) {
    throw new Error(`AFTERFIT_SCALE is '${scale}'; expected one of ${scales.join(', ')}.`);
  }
  if (!/^\d+$/.test(seed) || !Number.isSafeInteger(Number(seed))) {
    throw new Error(`AFTERFIT_SEED is '${seed}'; expected a whole number.`);
  }
  return { scale: scale as Scale, seed: Number(seed) };
}

/** Nothing where there is no process, as in a browser. */
function processEnvironment(): Readonly<Record<string, string | undefined>> {
  return typeof process === 'undefined' ? {} : process.env;
}
