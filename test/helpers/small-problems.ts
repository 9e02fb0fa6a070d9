import {
  exponentialLoss,
  objective,
  type Loss,
  type SerialObjective,
} from '../../src/losses/index.js';
import { initialise, squaredRelu, twoLayer } from '../../src/networks/index.js';
import { randomStream } from '../../src/numerics/random.js';

export interface Problem {
  readonly at: SerialObjective;
  readonly theta0: Float64Array;
}

/** Eight points on two arcs, with a constant third input, and a squared-ReLU network of width 6. */
export function arcs(loss: Loss = exponentialLoss): Problem {
  const stream = randomStream('arcs');
  const inputs: number[] = [];
  const labels: number[] = [];
  for (let i = 0; i < 8; i++) {
    const label = i % 2 === 0 ? 1 : -1;
    const angle = 0.4 + 0.6 * i;
    inputs.push(label * Math.cos(angle), Math.sin(angle) - 0.3 * label, 1);
    labels.push(label);
  }
  const network = twoLayer(3, 6, squaredRelu);
  return {
    at: objective(network, Float64Array.from(inputs), Float64Array.from(labels), loss),
    theta0: initialise(network, 'he', stream, 1.2),
  };
}

/** Three classes around the origin, with a squared-ReLU network of width 5. */
export function threeClasses(loss: Loss = exponentialLoss): Problem {
  const stream = randomStream('three classes');
  const inputs: number[] = [];
  const labels: number[] = [];
  for (let i = 0; i < 9; i++) {
    const angle = (2 * Math.PI * (i % 3)) / 3 + 0.3 * stream.normal();
    inputs.push(Math.cos(angle), Math.sin(angle), 1);
    labels.push(i % 3);
  }
  const network = twoLayer(3, 5, squaredRelu, { outputs: 3 });
  return {
    at: objective(network, Float64Array.from(inputs), Float64Array.from(labels), loss, 3),
    theta0: initialise(network, 'he', stream, 1.2),
  };
}
