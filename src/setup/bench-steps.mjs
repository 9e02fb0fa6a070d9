/** The two steps behind `npm run bench`: a virtual environment of its own, and the tools in it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchPython, benchVenv, installerEnvironment, root, stateFolder } from './environment.mjs';
import { fingerprint } from './fingerprints.mjs';
import { requirePython } from './machine.mjs';
import { runLogged } from './processes.mjs';

/** The oldest Python that the pinned JAX and SciPy have wheels for. */
const oldestPython = [3, 11];

const requirements = join(root, 'bench', 'requirements.txt');
const torchRequirements = join(root, 'bench', 'requirements-torch.txt');

/** PyTorch's own index of builds without CUDA; PyPI's build for Linux on x86_64 brings gigabytes of it. */
const processorOnly = 'https://download.pytorch.org/whl/cpu';

/** Each written last, so its presence says that the step before it came to its end. */
const originFile = join(benchVenv, 'afterfit-python.txt');
const installedFile = join(benchVenv, 'afterfit-installed.txt');

const inputs = () => fingerprint(['bench-python', root], [requirements, torchRequirements]);

function isWhole() {
  if (!existsSync(originFile) || !existsSync(benchPython)) return false;
  const wanted = process.env.AFTERFIT_PYTHON;
  return !wanted || readFileSync(originFile, 'utf8').split('\n').includes(wanted);
}

async function createVenv() {
  const { executable, version } = requirePython(oldestPython);
  rmSync(benchVenv, { recursive: true, force: true });
  mkdirSync(join(stateFolder, 'tmp'), { recursive: true });
  await runLogged('bench-python', executable, ['-m', 'venv', benchVenv], installerEnvironment());
  const asked = process.env.AFTERFIT_PYTHON ?? '';
  writeFileSync(originFile, `${version.join('.')}\n${executable}\n${asked}\n`);
}

/**
 * Where else to look for PyTorch. pip tries an index that it cannot reach for minutes, so the index is
 * named only where it answers, and only where it matters; PIP_EXTRA_INDEX_URL overrules this.
 * @returns {Promise<string[]>}
 */
async function torchIndex() {
  const wantsIt = process.platform === 'linux' && process.arch === 'x64';
  if (!wantsIt || process.env.PIP_EXTRA_INDEX_URL) return [];
  try {
    const signal = AbortSignal.timeout(5_000);
    const { ok } = await fetch(`${processorOnly}/torch/`, { method: 'HEAD', signal });
    return ok ? ['--extra-index-url', processorOnly] : [];
  } catch {
    return [];
  }
}

async function installPackages() {
  const pip = ['-m', 'pip', 'install', '--only-binary', ':all:', '--progress-bar', 'off'];
  const hashed = [...pip, '--require-hashes', '-r', requirements];
  await runLogged('bench-packages', benchPython, hashed, installerEnvironment());
  const torch = [...pip, ...(await torchIndex()), '-r', torchRequirements];
  await runLogged('bench-pytorch', benchPython, torch, installerEnvironment());
  writeFileSync(installedFile, `${new Date().toISOString()}\n`);
}

/** @type {import('./steps.mjs').Step[]} */
export const benchSteps = [
  {
    name: 'bench-python',
    title: 'Python environment for the comparisons',
    inputs,
    isPresent: isWhole,
    run: createVenv,
  },
  {
    name: 'bench-packages',
    title: 'PyTorch, JAX, diffrax, SciPy and Deno',
    inputs: () => fingerprint([inputs()], [originFile]),
    isPresent: () => existsSync(installedFile),
    run: installPackages,
  },
];
