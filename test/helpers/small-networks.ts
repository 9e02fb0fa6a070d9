import {
  deep,
  deepLinear,
  dense,
  evaluator,
  identity,
  activation,
  leakyRelu,
  linearModel,
  rampedRelu,
  relu,
  serial,
  squaredRelu,
  twoLayer,
  type Evaluator,
  requireSerial,
  type SerialNetwork,
  type Pointwise,
} from '../../src/networks/index.js';
import { randomStream, type RandomStream } from '../../src/numerics/random.js';

/** A network at a point whose preactivations are all far from the kinks of its activation. */
export interface SmallCase {
  readonly title: string;
  readonly network: SerialNetwork;
  readonly engine: Evaluator;
  readonly inputs: Float64Array;
  readonly theta: Float64Array;
  readonly examples: number;
}

interface Sketch {
  readonly title: string;
  readonly network: SerialNetwork;
  /** Where σ, σ′ or σ″ jumps. */
  readonly kinks: readonly number[];
}

const EXAMPLES = 4;
const AWAY = 0.02;

/** Independent standard normal numbers. */
export function normals(stream: RandomStream, count: number, scale = 1): Float64Array {
  return Float64Array.from({ length: count }, () => scale * stream.normal());
}

/** Linear between −1 and 1 and constant outside, but for a part of the slope: breakpoints away from 0. */
export const bentTwice: Pointwise = {
  name: 'bent twice',
  smooth: false,
  value: (z) => Math.max(-1, Math.min(1, z)) + 0.1 * z,
  slope: (z) => (Math.abs(z) < 1 ? 1.1 : 0.1),
  curvature: () => 0,
};

export const pointwiseCases: readonly { pointwise: Pointwise; kinks: readonly number[] }[] = [
  { pointwise: identity, kinks: [] },
  { pointwise: relu, kinks: [0] },
  { pointwise: leakyRelu(0.1), kinks: [0] },
  { pointwise: squaredRelu, kinks: [0] },
  { pointwise: rampedRelu(1.5), kinks: [-0.75, 0.75] },
  { pointwise: bentTwice, kinks: [-1, 1] },
];

function fixed(count: number): Float64Array {
  return normals(randomStream('fixed weights'), count);
}

/** x ↦ W₂ σ(W₁ x + b): homogeneous, since only the first layer has a bias. */
export function firstLayerBias(pointwise: Pointwise): SerialNetwork {
  return serial('first-layer bias', [
    dense(3, 5, { name: 'hidden', bias: true }),
    activation(5, pointwise),
    dense(5, 1, { name: 'output' }),
  ]);
}

function sketches(): Sketch[] {
  const list: Sketch[] = [];
  for (const { pointwise, kinks } of pointwiseCases) {
    const { name } = pointwise;
    const add = (title: string, network: SerialNetwork) =>
      list.push({ title: `${title}, ${name}`, network, kinks });
    add('two layers', twoLayer(3, 5, pointwise));
    add('two layers with three outputs', twoLayer(3, 5, pointwise, { outputs: 3 }));
    add('three layers', deep([3, 4, 4, 1], pointwise));
  }
  const add = (title: string, network: SerialNetwork) => list.push({ title, network, kinks: [0] });
  add('four layers, squared-relu', deep([3, 3, 3, 3, 2], squaredRelu));
  add('four layers, relu', deep([3, 4, 4, 4, 1], relu));
  add('biases in two layers', twoLayer(3, 5, squaredRelu, { bias: true, outputs: 2 }));
  add('biases in three layers', deep([3, 4, 4, 2], relu, { bias: true }));
  add('a bias in the first layer', firstLayerBias(squaredRelu));
  add('fixed output weights', twoLayer(3, 5, squaredRelu, { fixedOutput: fixed(5) }));
  add('fixed hidden weights', twoLayer(3, 5, squaredRelu, { fixedHidden: fixed(15) }));
  list.push({ title: 'four linear layers', network: deepLinear([3, 4, 4, 4, 2]), kinks: [] });
  list.push({ title: 'a linear model', network: linearModel(3, 2), kinks: [] });
  return list;
}

/** Every kind of network, each with seeded inputs and parameters. */
export function smallCases(): SmallCase[] {
  return sketches().map(({ title, network, kinks }) => {
    const stream = randomStream(title);
    for (;;) {
      const inputs = normals(stream, EXAMPLES * network.inputs);
      const engine = evaluator(network, inputs);
      const theta = normals(stream, network.parameters, 0.8);
      if (distanceToKinks(engine, theta, kinks) > AWAY && isAwake(engine)) {
        return { title, network, engine, inputs, theta, examples: EXAMPLES };
      }
    }
  });
}

/** False where every unit of the last hidden layer is off, so that there is nothing to test. */
function isAwake(engine: Evaluator): boolean {
  const { layers } = requireSerial(engine.network, 'A test');
  return layers.length < 2 || engine.layerOutput(layers.length - 2).some((value) => value !== 0);
}

function distanceToKinks(engine: Evaluator, theta: Float64Array, kinks: readonly number[]): number {
  engine.outputs(theta);
  let nearest = Infinity;
  requireSerial(engine.network, 'A test').layers.forEach((layer, k) => {
    if (k === 0 || layer.kind === 'dense') return;
    for (const z of engine.layerOutput(k - 1)) {
      for (const kink of kinks) nearest = Math.min(nearest, Math.abs(z - kink));
    }
  });
  return nearest;
}
