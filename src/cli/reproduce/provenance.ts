import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileHashes } from '../../files/hashes.js';
import type { Provenance } from '../../report/results.js';
import type { PlanSettings } from '../../specs/index.js';
import { linearAlgebraName } from '../../numerics/index.js';

/** Everything but the problems' data, which come with the claims. */
export function provenanceOf(root: string, out: string, { scale, seed }: PlanSettings): Provenance {
  const { version, dependencies = {} } = readPackage(root);
  const names = Object.keys(dependencies).sort();
  const installed = (name: string) => {
    const folder = join(root, 'node_modules', name);
    return existsSync(join(folder, 'package.json')) ? readPackage(folder).version : null;
  };
  return {
    afterfit: version,
    scale,
    seed,
    node: process.versions.node,
    linearAlgebra: linearAlgebraName(),
    versions: Object.fromEntries(names.map((name) => [name, installed(name)])),
    ...commitOf(root, out),
    data: committedData(root),
  };
}

function readPackage(folder: string): { version: string; dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as ReturnType<
    typeof readPackage
  >;
}

function commitOf(root: string, out: string): Pick<Provenance, 'commit' | 'dirty'> {
  const git = (...args: string[]) => {
    const run = spawnSync('git', ['-C', root, ...args], { encoding: 'utf8' });
    return run.status === 0 ? run.stdout.trim() : undefined;
  };
  const top = git('rev-parse', '--show-toplevel');
  const commit = git('rev-parse', '--verify', '--quiet', 'HEAD');
  // A copy of the project inside another repository is not that repository's commit.
  if (!top || !commit || realpathSync(top) !== realpathSync(root))
    return { commit: null, dirty: null };
  // What this command writes is no change of the project.
  const place = relative(root, out);
  const own = place === '' || place.startsWith('..') ? [] : ['--', '.', `:(exclude)${place}`];
  const changes = git('status', '--porcelain', ...own);
  return { commit, dirty: changes === undefined ? null : changes !== '' };
}

function committedData(root: string): Record<string, string> {
  const hashes = Object.entries(fileHashes(join(root, 'datasets')));
  const data = hashes.filter(([file]) => !file.endsWith('.md'));
  return Object.fromEntries(data.map(([file, hash]) => [`datasets/${file}`, hash]));
}
