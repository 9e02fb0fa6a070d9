import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { findFashionMnist } from '../datasets/index.js';
import {
  faultOf,
  measureCrossover,
  measureSpeed,
  projectRoot,
  type Speed,
} from '../native/index.js';
import { plainLinearAlgebra } from '../numerics/index.js';
import type { Item } from './doctor-report.js';
import { nativeAlgebraAloud } from './native-algebra.js';

/** What every part of the project needs: versions, the virtual environment, the kernel. */
export function machineItems(root: string = projectRoot): Item[] {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return [
    { name: 'afterfit', value: versionIn(join(root, 'package.json')) ?? 'unknown' },
    {
      name: 'Node',
      value: process.versions.node,
      broken: major < 20 || (major === 20 && minor < 19),
    },
    { name: 'platform', value: `${process.platform} ${process.arch}, ${release()}` },
    required('TypeScript', versionIn(join(root, 'node_modules', 'typescript', 'package.json'))),
    pythonItem(root),
    ...kernelItems(root),
  ];
}

function required(name: string, value: string | undefined): Item {
  return { name, value: value ?? 'missing', broken: value === undefined };
}

function versionIn(packageFile: string): string | undefined {
  return (readJson(packageFile) as { version?: string } | undefined)?.version;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function pythonItem(root: string): Item {
  const file = join(root, '.venv', 'bin', 'python');
  const run = existsSync(file) ? spawnSync(file, ['--version'], { encoding: 'utf8' }) : undefined;
  const works = run?.status === 0;
  return required('Python', works ? `${run.stdout.trim()} in .venv` : undefined);
}

/** The two kernels for TypeScript notebooks that JupyterLab in .venv knows; the first is needed. */
function kernelItems(root: string): Item[] {
  const own = kernelFault(root, 'tslab');
  const stock = kernelFault(root, 'tslab-stock');
  return [
    {
      name: 'kernel',
      value: own ?? "tslab, the project's own, in .venv",
      broken: own !== undefined,
    },
    { name: '  stock kernel', value: stock ?? 'tslab-stock, as its package has it, in .venv' },
  ];
}

/** Why a kernel cannot be started by its name; undefined where it can. */
function kernelFault(root: string, name: string): string | undefined {
  const file = join(root, '.venv', 'share', 'jupyter', 'kernels', name, 'kernel.json');
  const { argv = [] } = (readJson(file) ?? {}) as { argv?: string[] };
  if (argv.length === 0) return `${name} is missing`;
  const gone = argv.slice(0, 2).find((path) => isAbsolute(path) && !existsSync(path));
  return gone === undefined ? undefined : `${name} starts ${gone}, which is not there`;
}

/** Which linear algebra is in use, why, and what that is worth. */
export function linearAlgebraItems(): Item[] {
  const { name, threads, algebra, tried } = nativeAlgebraAloud();
  const fault = faultOf(plainLinearAlgebra);
  const plainSpeed = measureSpeed(plainLinearAlgebra);
  const items: Item[] = [
    {
      name: 'linear algebra',
      value: fault === undefined ? name : `plain TypeScript is wrong: ${fault}`,
      broken: fault !== undefined,
    },
    ...tried.map(({ candidate, outcome }) => ({
      name: '  tried',
      value: `${candidate}: ${outcome}`,
    })),
    { name: '  threads', value: algebra === undefined ? '1' : String(threads ?? 'unknown') },
    { name: '  plain speed', value: formatSpeed(plainSpeed) },
  ];
  if (algebra === undefined) return items;
  const { multiplyAdds, luOrder } = measureCrossover(algebra);
  return [
    ...items,
    { name: '  native speed', value: formatSpeed(measureSpeed(algebra)) },
    {
      name: '  native is faster',
      value: `from ${multiplyAdds ?? 'no'} multiply-adds, and from systems of order ${luOrder ?? '(none)'}`,
    },
  ];
}

function formatSpeed({ gigaflops, callMicroseconds }: Speed): string {
  const speed = `${gigaflops.toPrecision(3)} Gflop/s at 512×512×512`;
  return `${speed}, ${callMicroseconds < 0.05 ? 'below 0.05' : callMicroseconds.toFixed(2)} µs a call`;
}

/** What the project uses where it is there, and does without where it is not. */
export function optionalItems(): Item[] {
  return [
    { name: 'TensorFlow', value: tensorFlow() },
    { name: 'Fashion-MNIST', value: fashionMnist() },
    {
      name: 'Chromium',
      value: `${findChromium() ?? 'not found'}; used by the browser tests alone, since Plotly figures are exported through their Vega-Lite twins.`,
    },
  ];
}

/** Loaded in a process of its own: a native library that fails may take its process along. */
function tensorFlow(): string {
  const code = [
    `const tensors = await import(${JSON.stringify(new URL('../tensors/index.js', import.meta.url))});`,
    'const found = await tensors.loadTensorFlow();',
    'const sum = found?.operations.add(1, 2).dataSync()[0];',
    'const works = `${found?.version} computes in float32`;',
    'process.stdout.write(sum === 3 ? works : (tensors.tensorFlowProblem() ?? `1 + 2 is ${sum}`));',
  ].join('\n');
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (run.status === 0) return run.stdout;
  return 'its library ends the process that loads it; set AFTERFIT_TFJS=off and float64 serves.';
}

function fashionMnist(): string {
  try {
    return findFashionMnist() ?? 'full set not found: experiments use the subset in datasets/.';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The first Chromium or Chrome on the path, or in the usual place on macOS. */
function findChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const macOS = [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return [...onPath, ...macOS].find((file) => existsSync(file));
}
