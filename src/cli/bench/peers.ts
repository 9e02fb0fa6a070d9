import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startPeer, type PeerProcess } from './peer-process.js';

/** The peers that run: one process for each name. */
export interface Peers {
  peer(name: string, script: string): Promise<PeerProcess>;
  closeAll(): void;
}

/** Peers run by the Python that `python` gives, which is asked for it when the first one starts. */
export function peersOf(root: string, threads: number, python: () => Promise<string>): Peers {
  const running = new Map<string, PeerProcess>();
  return {
    async peer(name, script) {
      const known = running.get(name);
      if (known) return known;
      const file = join(root, 'bench', 'peers', script);
      const started = startPeer(await python(), ['-u', file], peerEnvironment(root, threads));
      running.set(name, started);
      return started;
    },
    closeAll() {
      for (const started of running.values()) started.close();
      running.clear();
    },
  };
}

/** Every library gets as many threads as we do, and keeps its files in the project's folder. */
function peerEnvironment(root: string, threads: number): NodeJS.ProcessEnv {
  const at = (...parts: string[]) => {
    const folder = join(root, '.afterfit', ...parts);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  const count = String(threads);
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    AFTERFIT_BENCH_THREADS: count,
    OMP_NUM_THREADS: count,
    MKL_NUM_THREADS: count,
    OPENBLAS_NUM_THREADS: count,
    NPROC: count,
    XLA_FLAGS: `--xla_cpu_multi_thread_eigen=${threads > 1} intra_op_parallelism_threads=${count}`,
    JAX_PLATFORMS: 'cpu',
    TMPDIR: at('tmp'),
    TORCHINDUCTOR_CACHE_DIR: at('cache', 'inductor'),
    // One compiler, in the same process: a pool of them would be more to end after Ctrl-C.
    TORCHINDUCTOR_COMPILE_THREADS: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  delete environment.VIRTUAL_ENV;
  delete environment.PYTHONHOME;
  delete environment.PYTHONPATH;
  return environment;
}
