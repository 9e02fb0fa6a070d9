import { createRequire, Module } from 'node:module';

const require = createRequire(import.meta.url);

/** Loads what the package tslab would load, from where it lies. */
export const requireFromTslab: NodeJS.Require = createRequire(
  require.resolve('tslab/package.json'),
);

// What cells import of it, `display`, asks nothing of its converter, which loads a compiler of its own.
const converter = requireFromTslab.resolve('./dist/converter.js');
requireFromTslab.cache[converter] = Object.assign(new Module(converter), { loaded: true });
