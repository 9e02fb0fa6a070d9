import { startKernel, type LiveKernel, type StartOptions } from './live-kernel.js';

/** Within a describe block: a kernel for all its tests, started before the first and stopped at the end. */
export function kernelForTests(options: StartOptions = {}): () => LiveKernel {
  let kernel: LiveKernel | undefined;
  before(async () => {
    kernel = await startKernel(options);
  });
  after(async () => kernel?.stop());
  return () => kernel!;
}
