import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';

/** What npm says of the package that it made. */
export interface Packed {
  readonly filename: string;
  readonly integrity: string;
  /** Bytes. */
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

interface Lock {
  readonly packages: Readonly<Record<string, { dev?: boolean; link?: boolean }>>;
}

const root = projectRoot();

function npm(folder: string, ...args: string[]): SpawnSyncReturns<string> {
  return spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
}

/** Packs this project, as it is built, into `folder`. */
export function packInto(folder: string): Packed {
  const run = npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder);
  if (run.status !== 0) throw new Error(run.stderr);
  return (JSON.parse(run.stdout) as Packed[])[0];
}

/**
 * An empty project that has the package installed by npm, from its cache alone: the versions of what it depends on
 * are those of our lock file, which set-up has put there. What is optional is left out. Gives npm's complaint
 * where that cannot be.
 */
export function installInto(folder: string, { filename, integrity }: Packed): string | undefined {
  const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8')) as object;
  const own = read('package.json') as { dependencies: object; optionalDependencies: object };
  const { dependencies, optionalDependencies } = own;
  const { packages } = read('package-lock.json') as Lock;
  const needed = Object.entries(packages).filter(
    ([path, { dev, link }]) => path.startsWith('node_modules/') && !dev && !link,
  );
  const project = {
    name: 'consumer',
    version: '1.0.0',
    dependencies: { afterfit: `file:${filename}` },
  };
  const afterfit = { version: '0.0.0', resolved: `file:${filename}`, integrity };
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: object) =>
    writeFileSync(join(folder, name), JSON.stringify(content));
  write('package.json', { ...project, private: true, type: 'module' });
  write('package-lock.json', {
    name: project.name,
    lockfileVersion: 3,
    packages: {
      '': project,
      'node_modules/afterfit': { ...afterfit, dependencies, optionalDependencies },
      ...Object.fromEntries(needed),
    },
  });
  const flags = ['--offline', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
  const run = npm(folder, 'ci', ...flags);
  return run.status === 0 ? undefined : run.stderr;
}
