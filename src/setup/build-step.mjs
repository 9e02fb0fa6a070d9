/** The TypeScript build, and the care that dist holds what src holds and nothing older. */
import { existsSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { installerEnvironment, root, tsc } from './environment.mjs';
import { filesUnder, fingerprint } from './fingerprints.mjs';
import { runLogged } from './processes.mjs';

/** @param {string} folder */
const sourcesIn = (folder) =>
  filesUnder(folder, (name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));

/**
 * Removes outputs whose source is gone, and makes the compiler start over when one is missing:
 * its record of a build says that it wrote a file, not that the file is still there.
 * @param {string} sourceFolder
 * @param {string} outFolder
 */
export function tidyOutputs(sourceFolder, outFolder) {
  const stems = new Set(
    sourcesIn(sourceFolder).map((file) => relative(sourceFolder, file).slice(0, -3)),
  );
  for (const file of filesUnder(outFolder, (name) => /\.(js|d\.ts)(\.map)?$/.test(name))) {
    const stem = relative(outFolder, file).replace(/\.(js|d\.ts)(\.map)?$/, '');
    if (!stems.has(stem)) rmSync(file, { force: true });
  }
  const record = join(outFolder, '.tsbuildinfo');
  const isMissing = (/** @type {string} */ stem) =>
    !existsSync(join(outFolder, `${stem}.js`)) || !existsSync(join(outFolder, `${stem}.d.ts`));
  if (existsSync(record) && [...stems].some(isMissing)) rmSync(record, { force: true });
}

const sourceFolder = join(root, 'src');
const outFolder = join(root, 'dist');

/** @type {import('./steps.mjs').Step} */
export const buildStep = {
  name: 'build',
  title: 'TypeScript build',
  inputs: () =>
    fingerprint(
      ['build'],
      [join(root, 'tsconfig.json'), join(root, 'package-lock.json'), ...sourcesIn(sourceFolder)],
    ),
  isPresent: () =>
    sourcesIn(sourceFolder).every((file) =>
      existsSync(join(outFolder, `${relative(sourceFolder, file).slice(0, -3)}.js`)),
    ),
  async run() {
    tidyOutputs(sourceFolder, outFolder);
    const args = [tsc, '-b', join(root, 'tsconfig.json')];
    await runLogged('build', process.execPath, args, installerEnvironment());
  },
};
