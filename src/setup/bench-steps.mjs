/** The two steps behind `npm run bench`: a virtual environment of its own, and the tools in it. */
import { join } from 'node:path';
import { benchVenv, root } from './environment.mjs';
import { ownVenvSteps } from './venv-step.mjs';

/** The oldest Python that the pinned JAX and SciPy have wheels for. */
const oldestPython = [3, 11];

const requirements = join(root, 'bench', 'requirements.txt');
const torchRequirements = join(root, 'bench', 'requirements-torch.txt');

/** PyTorch's own index of builds without CUDA; PyPI's build for Linux on x86_64 brings gigabytes of it. */
const processorOnly = 'https://download.pytorch.org/whl/cpu';

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

export const benchSteps = ownVenvSteps({
  name: 'bench',
  title: 'Python environment for the comparisons',
  packages: 'PyTorch, JAX, diffrax, SciPy and Deno',
  folder: benchVenv,
  oldest: oldestPython,
  requirements: [requirements, torchRequirements],
  more: async (pip) => pip('bench-pytorch', [...(await torchIndex()), '-r', torchRequirements]),
});
