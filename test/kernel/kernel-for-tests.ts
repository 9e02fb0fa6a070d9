import { startKernel, type LiveKernel, type StartOptions } from './live-kernel.js';

/**
 * Within a describe block: a kernel for all its tests, started before the first and stopped at the end. One
 * that a test failed with makes room for another, so that one fault is one failure.
 */
export function kernelForTests(options: StartOptions = {}): () => LiveKernel {
  let kernel: LiveKernel | undefined;
  before(async () => {
    kernel = await startKernel(options);
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await kernel?.stop();
    kernel = await startKernel(options);
  });
  after(async () => kernel?.stop());
  return () => kernel!;
}

/** A kernel for one use, stopped after it however that ends: a kernel that is left keeps the tests from ending. */
export async function withKernel(
  options: StartOptions,
  use: (kernel: LiveKernel) => Promise<void>,
): Promise<void> {
  const kernel = await startKernel(options);
  try {
    await use(kernel);
  } finally {
    await kernel.stop();
  }
}
