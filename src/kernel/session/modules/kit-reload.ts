import { spawn } from 'node:child_process';
import { createRequire, register } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Interrupted } from '../interrupts.js';
import type { Scope } from '../scope.js';

type Module = Record<string, unknown>;

/** The package whose code can be replaced under a running session. */
const KIT = /^afterfit(\/|$)/;

export const isKit = (name: string): boolean => KIT.test(name);

/** What cells have imported of the kit. Cells hold these objects, whose content is replaced. */
const loaded = new Map<string, Module>();
let generation = 0;
let resolveFrom: NodeJS.Require | undefined;

/** A `require` that gives out the kit's modules as objects whose content `reloadKit` can replace. */
export function kitRequire(original: NodeJS.Require): NodeJS.Require {
  resolveFrom = original;
  return new Proxy(original, {
    apply(_target, _this, [id, ...rest]: [string]) {
      if (!KIT.test(id)) return original.call(undefined, ...([id, ...rest] as [string])) as unknown;
      const known = loaded.get(id);
      if (known) return known;
      const copy = Object.defineProperty({ ...(original(id) as Module) }, '__esModule', {
        value: true,
      });
      loaded.set(id, copy);
      return copy;
    },
  });
}

/** The compiler's complaint about the kit's sources. */
class BuildFailure extends Error {
  override readonly name = 'BuildFailure';
}

/**
 * Compiles the kit's sources and puts the new code in the place of the old, in all that cells imported.
 * Values that were made with the old code stay as they are. Returns one sentence; rejects, and changes
 * nothing, where the sources do not compile or nobody waits for the new code any more.
 */
export async function reloadKit(
  scope: Scope,
  say: (line: string) => void,
  isInterrupted: () => boolean,
): Promise<string> {
  const require = createRequire(join(process.cwd(), 'cell.js'));
  const root = dirname(require.resolve('afterfit/package.json'));
  say('Compiling src/ …\n');
  await build(root);
  if (isInterrupted()) throw new Interrupted();
  if (generation === 0) {
    register(new URL('./kit-reload-hooks.js', import.meta.url), {
      data: { dist: pathToFileURL(join(root, 'dist')).href },
    });
  }
  generation++;
  const fresh = new Map<string, Module>();
  for (const id of loaded.keys()) {
    const file = (resolveFrom ?? require).resolve(id);
    const address = `${pathToFileURL(file).href}?generation=${generation}`;
    fresh.set(id, (await import(address)) as Module);
  }
  let changed = 0;
  for (const [id, content] of fresh) changed += replace(loaded.get(id)!, content, scope);
  return `Compiled and loaded again: ${fresh.size} modules, ${changed} of their exports replaced.`;
}

function replace(old: Module, fresh: Module, scope: Scope): number {
  const successors = new Map<unknown, unknown>();
  for (const [key, value] of Object.entries(old)) {
    const isObject = typeof value === 'object' && value !== null;
    if (typeof value === 'function' || isObject) successors.set(value, fresh[key]);
    if (!(key in fresh)) old[key] = undefined;
  }
  Object.assign(old, fresh);
  for (const name of scope.names()) {
    const successor = successors.get(scope.get(name));
    if (successor !== undefined) scope.set(name, successor);
  }
  return successors.size;
}

/** Runs the compiler over the kit's sources; rejects with what it says where they have errors. */
async function build(root: string): Promise<void> {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const compiler = spawn(process.execPath, [tsc, '-b', 'tsconfig.json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [compiler.stdout, compiler.stderr]) {
    stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    compiler.on('error', reject);
    compiler.on('close', resolve);
  });
  if (code !== 0) {
    throw new BuildFailure(`src/ does not compile; the old code stays in use.\n${said.trim()}`);
  }
}
