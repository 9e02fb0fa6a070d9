/** The two steps behind `npm run bench`: a virtual environment of its own, and the tools in it. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchPython, benchVenv, installerEnvironment, root } from './environment.mjs';
import { fingerprint } from './fingerprints.mjs';
import { runLogged } from './processes.mjs';
import { venvStep } from './venv-step.mjs';

/** The oldest Python that the pinned JAX and SciPy have wheels for. */
const oldestPython = [3, 11];

const requirements = join(root, 'bench', 'requirements.txt');
const torchRequirements = join(root, 'bench', 'requirements-torch.txt');

/** PyTorch's own index of builds without CUDA; PyPI's build for Linux on x86_64 brings gigabytes of it. */
const processorOnly = 'https://download.pytorch.org/whl/cpu';

/** Written last, so its presence says that the packages are all there. */
const installedFile = join(benchVenv, 'afterfit-installed.txt');

const environment = venvStep({
  name: 'bench-python',
  title: 'Python environment for the comparisons',
  folder: benchVenv,
  oldest: oldestPython,
  requirements: [requirements, torchRequirements],
});

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
  environment,
  {
    name: 'bench-packages',
    title: 'PyTorch, JAX, diffrax, SciPy and Deno',
    inputs: () => fingerprint([environment.inputs()], [environment.originFile]),
    isPresent: () => existsSync(installedFile),
    run: installPackages,
  },
];
