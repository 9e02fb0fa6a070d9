/** `npm test`: compiles test/ into .build/test beside a link to dist, and runs mocha there. */
import { existsSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
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
 * Mocha's arguments for the tests that are meant: those named, or all but the long ones, or with `--all`
 * these too.
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

const mocha = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
const c8 = join(root, 'node_modules', 'c8', 'bin', 'c8.js');

/** @param {string[]} args files or folders of test/ to run, `--all`, and options for mocha */
export async function runTests(args) {
  await ensureSetup();
  await buildTests();
  return runAttached(process.execPath, [mocha, ...testArguments(args)], {
    env: projectEnvironment(),
  });
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
