/** A copy of the set-up's scripts alone, in a folder with a space in its name, and a run of it. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Copy {
  folder: string;
  /** Puts a program of this text on the copy's path. */
  addProgram: (name: string, script: string) => void;
  /** Runs the entry of every command, or another program of the set-up. */
  run: (
    args: string[],
    env?: NodeJS.ProcessEnv,
    program?: string,
  ) => { status: number | null; lines: string[] };
  remove: () => void;
}

/** The copy's path holds Node, the plain shell tools, and what the test adds: no Python, no npm. */
export function copySetup(): Copy {
  const parent = mkdtempSync(join(tmpdir(), 'afterfit '));
  const folder = join(parent, 'a copy');
  const bin = join(parent, 'bin');
  mkdirSync(folder);
  mkdirSync(bin);
  const files = [
    'src/setup',
    'package.json',
    'package-lock.json',
    '.npmrc',
    'notebooks/package.json',
  ];
  for (const file of files) cpSync(file, join(folder, file), { recursive: true });
  symlinkSync(process.execPath, join(bin, 'node'));
  const addProgram = (name: string, script: string) => {
    const file = join(bin, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  };
  const run: Copy['run'] = (args, env = {}, program = 'run.mjs') => {
    const entry = join(folder, 'src', 'setup', program);
    const { status, stderr } = spawnSync(process.execPath, [entry, ...args], {
      encoding: 'utf8',
      env: { PATH: bin, HOME: parent, ...env },
      timeout: 20_000,
    });
    return { status, lines: stderr.trimEnd().split('\n') };
  };
  return {
    folder,
    addProgram,
    run,
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}

/**
 * The Python of a virtual environment, as a shell script: it notes that pip installed something,
 * installs kernelspecs by copying them, and leaves the rest to `otherwise`, a line of the shell.
 */
export function fakePython(otherwise = 'exit 1'): string {
  return [
    'case "$2 $3" in',
    '"pip install") : > .venv/bin/jupyter-lab;;',
    '"jupyter_client.kernelspecapp install")',
    '  echo "$7" >> installed',
    '  /bin/mkdir -p .venv/share/jupyter/kernels',
    '  /bin/rm -rf ".venv/share/jupyter/kernels/$7"',
    '  /bin/cp -r "$8" ".venv/share/jupyter/kernels/$7";;',
    `*) ${otherwise};; esac`,
  ].join('\n');
}
