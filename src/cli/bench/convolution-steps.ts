import { exponentialLoss, objective } from '../../losses/index.js';
import {
  evaluatorOf,
  hAlexNet,
  imageEngine,
  imageNetwork,
  initialise,
  multiplyAdds,
  parts,
  resNet,
  smallAlexNetForm,
  smallResNetForm,
  type BatchEngine,
  type ImageNetwork,
} from '../../networks/index.js';
import { randomStream } from '../../numerics/random.js';
import { loadTensorFlow, tensorEngine } from '../../tensors/index.js';
import { answerOf, apart } from './answers.js';
import { compare, type Comparison } from './compare.js';
import type { BenchEntry, Tools } from './entry.js';
import { fastestThreads } from './fastest-threads.js';
import { packed } from './packed.js';
import { pythonPeer } from './python-peer.js';

const EXAMPLES = 128;
const CLASSES = 10;
/** Seconds that a turn fills with calls. */
const TURN = 0.5;

/** A network under the name that it has in the table. */
interface Problem {
  readonly title: string;
  readonly network: ImageNetwork;
}

/** One of our engines, with what it is compared to. */
interface Ours {
  /** The precision in which it computes, and PyTorch with it. */
  readonly precision: 'float64' | 'float32';
  /** An engine for batches of so many images; undefined where it cannot be had here. */
  engine(network: ImageNetwork, examples: number): Promise<BatchEngine | undefined>;
  /** How far answers may be apart. */
  readonly accuracy: { readonly text: string; readonly limit: number };
  /** The ratio to reach. */
  readonly least: number;
}

const engines: readonly Ours[] = [
  {
    precision: 'float64',
    engine: async (network, examples) => imageEngine(network, examples),
    accuracy: { text: '1e-8 of the gradient, and of α', limit: 1e-8 },
    least: 1 / 0.6,
  },
  {
    precision: 'float32',
    async engine(network, examples) {
      const tensorFlow = await loadTensorFlow();
      return tensorFlow && tensorEngine(network, examples, tensorFlow);
    },
    accuracy: { text: '1e-3 of the gradient, and of α', limit: 1e-3 },
    least: 1 / 1.3,
  },
];

export const convolutionSteps: BenchEntry = {
  name: 'convolution-steps',
  about: 'one training step of image networks (scores, log-risk, gradient), against PyTorch',
  async *run(tools) {
    for (const problem of problems()) {
      for (const ours of engines) {
        const engine = await ours.engine(problem.network, EXAMPLES);
        if (engine === undefined) continue;
        yield await compare(comparisonOf(problem, ours, engine, tools), tools);
        engine.dispose();
      }
    }
  },
};

function problems(): Problem[] {
  const { image } = smallAlexNetForm;
  const { dense, flatten, relu } = parts;
  const hidden = [1024, 1024].flatMap((units) => [dense(units), relu]);
  return [
    { title: 'H-AlexNet small', network: hAlexNet(smallAlexNetForm) },
    { title: 'ResNet small', network: resNet(smallResNetForm) },
    {
      title: 'MLP 784–1024–1024–10',
      network: imageNetwork('MLP', image, [flatten, ...hidden, dense(CLASSES)]),
    },
  ];
}

function comparisonOf(
  { title, network }: Problem,
  { precision, accuracy, least }: Ours,
  engine: BatchEngine,
  tools: Tools,
): Comparison {
  const stream = randomStream(1).split('bench').split('convolution steps').split(title);
  const pixels = stream.split('inputs');
  const classes = stream.split('labels');
  const inputs = Float64Array.from({ length: EXAMPLES * network.inputs }, () => pixels.uniform());
  const labels = Float64Array.from({ length: EXAMPLES }, () =>
    Math.floor(CLASSES * classes.uniform()),
  );
  const theta = initialise(network, 'he', stream.split('parameters'));
  const risk = objective(network, inputs, labels, exponentialLoss, CLASSES, evaluatorOf(engine));
  // A step begins with its batch.
  const step = () => {
    engine.load(inputs);
    return risk.evaluate(theta, 1);
  };
  const turn = fastestThreads(step, TURN);
  const problem = {
    image: network.image,
    nodes: network.nodes,
    blocks: network.blocks,
    inputs: packed(inputs),
    labels: packed(labels),
    parameters: packed(theta),
    precision,
    seconds: TURN,
  };
  const script = 'convolution_steps_pytorch.py';
  return {
    name: 'convolution-steps',
    size: `${title}, ${EXAMPLES} images, ${precision}`,
    unit: 'ms',
    goal: { of: 'ratio', least },
    accuracy,
    details: {
      engine: engine.name,
      parameters: network.parameters,
      multiplyAdds: EXAMPLES * multiplyAdds(network),
    },
    async ours() {
      return { seconds: turn(), answer: answerOf(step()) };
    },
    peers: [pythonPeer(tools, { name: 'pytorch eager', script, problem })],
    difference: apart,
  };
}
