import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import util from 'node:util';

/** The native library, loaded. */
export interface TensorFlow {
  /** '2.13.1': of the native library, not of the package that calls it. */
  readonly version: string;
  /**
   * What @tensorflow/tfjs exports. Its type is left out here: six hundred files of declarations would
   * cost the first cell of every notebook a second or two.
   */
  readonly operations: object;
}

/** Where set-up keeps its reason for going on without TensorFlow. */
const noteFile = fileURLToPath(new URL('../../.afterfit/tensorflow-problem.txt', import.meta.url));

/** A name and no literal: the package is an optional one, whose types may not be there. */
const packageName = '@tensorflow/tfjs-node';

interface Package {
  setBackend(name: string): Promise<boolean>;
  backend(): { readonly binding: { readonly TF_Version: string } };
}

let loading: Promise<TensorFlow | undefined> | undefined;
let problem: string | undefined;

/**
 * TensorFlow through its addon for Node, or nothing where it cannot be had; `tensorFlowProblem` then
 * says why. Loaded at the first call, half a gigabyte of library in about a second, and once. Its
 * threads are as many as the machine has cores, or AFTERFIT_THREADS.
 */
export function loadTensorFlow(): Promise<TensorFlow | undefined> {
  loading ??= load();
  return loading;
}

/** One sentence that says why `loadTensorFlow` gave nothing; undefined where it did, or was not called. */
export function tensorFlowProblem(): string | undefined {
  return problem;
}

async function load(): Promise<TensorFlow | undefined> {
  if (process.env.AFTERFIT_TFJS === 'off') {
    problem = 'TensorFlow is switched off by AFTERFIT_TFJS=off.';
    return undefined;
  }
  prepareNode();
  try {
    const { default: operations } = (await import(packageName)) as { default: Package };
    // Other code may have chosen another of the library's backends for the whole process.
    await operations.setBackend('tensorflow');
    return { version: operations.backend().binding.TF_Version, operations };
  } catch (error) {
    problem = reasonOf(error);
    return undefined;
  }
}

/** What the package and its library expect to find before they are loaded. */
function prepareNode(): void {
  // Its remarks at start-up go to stderr, which a graded cell counts as a fault.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const threads = process.env.AFTERFIT_THREADS ?? '';
  if (/^[1-9]\d*$/.test(threads)) process.env.TF_NUM_INTRAOP_THREADS ??= threads;
  // Node 23 took these two away, and the package's first operation calls them.
  const removed = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: (value: unknown) => Array.isArray(value),
  };
  for (const [name, substitute] of Object.entries(removed)) {
    if (!(name in util)) Object.assign(util, { [name]: substitute });
  }
}

/** Set-up's own reason if it left one, or else what loading said. */
function reasonOf(error: unknown): string {
  try {
    return readFileSync(noteFile, 'utf8').trim();
  } catch {
    const [said] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `TensorFlow does not load, and "npm run setup" may build it: ${said.trim()}`;
  }
}
