import { createRequire } from 'node:module';
import { drawnSpec, type VegaLibraries } from '../svg.js';

let libraries: VegaLibraries | undefined;

/**
 * A Vega-Lite specification as an SVG document, without waiting: a cell shows figures and texts in the order of
 * its lines. The first call loads Vega. Throws where the specification is wrong, or asks for data from elsewhere.
 */
export function drawNow(spec: object): string {
  const require = createRequire(import.meta.url);
  libraries ??= {
    vega: require('vega') as VegaLibraries['vega'],
    compile: (require('vega-lite') as Pick<VegaLibraries, 'compile'>).compile,
  };
  // Vega numbers the rows of the data that it is given.
  return drawnSpec(libraries, structuredClone(spec), 'lenient');
}
