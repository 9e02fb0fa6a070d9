import { loadTensorFlow, type TensorFlow } from '../../src/tensors/index.js';

/** TensorFlow for a suite, which is skipped by name on a machine without it. */
export function withTensorFlow(): () => TensorFlow {
  let loaded: TensorFlow | undefined;
  before(async function () {
    this.timeout(60_000);
    loaded = await loadTensorFlow();
    if (loaded === undefined) this.skip();
  });
  return () => loaded!;
}
