import { fashionMnistTiny, firstOfEachClass, selectClasses } from '../../datasets/index.js';
import { exponentialLoss, objective, type Objective } from '../../losses/index.js';
import { initialise, squaredRelu, twoLayer } from '../../networks/index.js';
import { randomStream } from '../../numerics/random.js';

/** A two-layer squared-ReLU network on the committed images, as they are: 784 inputs. */
export interface ImageTask {
  /** A multiple of ten: as many images of each class. */
  readonly examples: number;
  /** 2: the first five classes against the others. 10: each class by itself. */
  readonly classes: 2 | 10;
  readonly width: number;
}

export interface ImageStart {
  readonly objective: Objective;
  readonly theta0: Float64Array;
}

export function imageStart({ examples, classes, width }: ImageTask): ImageStart {
  const all = firstOfEachClass(fashionMnistTiny('train'), examples / 10);
  const halves = [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]; // prettier-ignore
  const data = classes === 2 ? selectClasses(all, halves) : all;
  const outputs = classes === 2 ? 1 : classes;
  const network = twoLayer(data.dimension, width, squaredRelu, { outputs });
  const stream = randomStream(1).split('initialisation');
  return {
    objective: objective(network, data.inputs, data.labels, exponentialLoss, classes),
    theta0: initialise(network, 'he', stream, 1),
  };
}
