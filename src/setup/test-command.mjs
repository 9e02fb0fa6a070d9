/** `npm test`: compiles test/ into .build/test beside a link to dist, and runs mocha there. */
import { existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { tidyOutputs } from './build-step.mjs';
import { ensureSetup } from './ensure.mjs';
import { installerEnvironment, projectEnvironment, root, tsc } from './environment.mjs';
import { runAttached, runLogged } from './processes.mjs';

const testFolder = join(root, 'test');
const builtFolder = join(root, '.build', 'test');

/**
 * A test says `../../src/numerics/index.js`. From .build/test the same words lead to .build/src,
 * so that is a link to dist: tests and package share one compiled copy of every module.
 */
function linkSources() {
  const link = join(root, '.build', 'src');
  const target = join('..', 'dist');
  mkdirSync(join(root, '.build'), { recursive: true });
  try {
    if (readlinkSync(link) === target) return;
  } catch {
    // No link yet, or something else in its place.
  }
  rmSync(link, { recursive: true, force: true });
  symlinkSync(target, link);
}

/** Compiles the tests; `node_modules/.bin/tsc` is another program's, see environment.mjs. */
async function buildTests() {
  tidyOutputs(testFolder, builtFolder);
  linkSources();
  const args = [tsc, '-b', testFolder];
  await runLogged('build-tests', process.execPath, args, installerEnvironment());
}

/**
 * A file or folder of test/ as its compiled counterpart; any other argument unchanged.
 * @param {string} arg
 */
function toBuilt(arg) {
  const path = resolve(root, arg);
  const inside = relative(testFolder, path);
  if (arg.startsWith('-') || inside.startsWith('..') || !existsSync(path)) return null;
  return join(
    builtFolder,
    inside.endsWith('.ts') ? inside.replace(/\.ts$/, '.js') : `${inside}/**/*.test.js`,
  );
}

/** Floods, browsers, whole notebooks and long-lived kernels: minutes that few changes need. */
const long = join(builtFolder, '**', '*.long.test.js');

/**
 * Mocha's arguments for the tests that are meant, in one run: those named, or all but the long ones, or with
 * `--all` these too.
 * @param {string[]} args files or folders of test/ to run, `--all`, and options for mocha
 */
export function testArguments(args) {
  const chosen = args.filter((arg) => toBuilt(arg) !== null).map((arg) => String(toBuilt(arg)));
  const options = args.filter((arg) => toBuilt(arg) === null && arg !== '--all');
  const files = chosen.length > 0 ? chosen : [join(builtFolder, '**', '*.test.js')];
  const isFile = chosen.some((path) => path.endsWith('.long.test.js'));
  const left = args.includes('--all') || isFile ? [] : ['--ignore', long];
  return [...left, ...options, ...files];
}

/** Test files at a time: each process takes a few hundred megabytes, kernels and their like not counted. */
const jobs = Math.min(4, Math.max(2, availableParallelism()));

/**
 * The runs of mocha, one after another, each by its arguments. Files run beside each other where none is named;
 * the long ones do not, as they fill the machine themselves. `--no-parallel` runs all of them one by one.
 * @param {string[]} args as for `testArguments`
 */
export function testRuns(args) {
  const isNamed = args.some((arg) => toBuilt(arg) !== null);
  if (isNamed || args.includes('--no-parallel')) return [testArguments(args)];
  const short = args.filter((arg) => arg !== '--all');
  const first = ['--parallel', '--jobs', String(jobs), ...testArguments(short)];
  return args.includes('--all') ? [first, [...short, long]] : [first];
}

const mocha = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
const c8 = join(root, 'node_modules', 'c8', 'bin', 'c8.js');

/** @param {string[]} args files or folders of test/ to run, `--all`, and options for mocha */
export async function runTests(args) {
  await ensureSetup();
  await buildTests();
  const place = mkdtempSync(join(tmpdir(), 'afterfit-tests-'));
  const env = { ...projectEnvironment(), AFTERFIT_TEST_TALLY: join(place, 'tally.json') };
  try {
    let status = 0;
    for (const run of testRuns(args)) {
      status = Math.max(status, await runAttached(process.execPath, [mocha, ...run], { env }));
      // A signal ends what is left too.
      if (status === 130 || status === 143) break;
    }
    return status;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * The same tests, and which lines of src/ they reach: a table, and pages in .build/coverage. Programs that a
 * test starts count too.
 * @param {string[]} args as for `runTests`
 */
export async function runCoverage(args) {
  await ensureSetup();
  await buildTests();
  const pages = join(root, '.build', 'coverage');
  const reports = ['--reporter', 'text', '--reporter', 'html', '--reports-dir', pages];
  const options = [...reports, '--temp-directory', join(pages, 'tmp'), '--include', 'dist/**'];
  const tests = [process.execPath, mocha, ...testArguments(args)];
  return runAttached(process.execPath, [c8, ...options, ...tests], { env: projectEnvironment() });
}
