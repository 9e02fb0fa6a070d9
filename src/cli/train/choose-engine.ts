import { imageEngine, type BatchEngine, type ImageNetwork } from '../../networks/index.js';
import { loadTensorFlow, tensorEngine, tensorFlowProblem } from '../../tensors/index.js';
import type { TrainingEntry } from '../../specs/training.js';

/** Makes the engines of a run. Throws one sentence where TensorFlow is asked for and not there. */
export async function chooseEngine(
  name: TrainingEntry['engine'],
  network: ImageNetwork,
): Promise<(examples: number) => BatchEngine> {
  if (name !== 'float64') {
    const tensorFlow = await loadTensorFlow();
    if (tensorFlow) return (examples) => tensorEngine(network, examples, tensorFlow);
    if (name === 'tensorflow') throw new Error(tensorFlowProblem());
  }
  return (examples) => imageEngine(network, examples);
}
