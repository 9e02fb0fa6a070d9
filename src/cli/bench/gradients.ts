import { exponentialLoss, objective } from '../../losses/index.js';
import {
  deep,
  initialise,
  relu,
  squaredRelu,
  twoLayer,
  type Network,
} from '../../networks/index.js';
import { randomStream } from '../../numerics/random.js';
import { answerOf, apart } from './answers.js';
import { compare, type Comparison } from './compare.js';
import type { BenchEntry, Tools } from './entry.js';
import { packed } from './packed.js';
import { pythonPeer } from './python-peer.js';
import { callsFor, secondsPerCall } from './timed-calls.js';

interface Problem {
  readonly examples: number;
  /** Widths of the layers, from the inputs to the one output. */
  readonly widths: readonly number[];
  readonly activation: 'relu' | 'squared-relu';
  /** The ratio to reach. */
  readonly least: number;
}

const problems: readonly Problem[] = [
  { examples: 42, widths: [3, 16, 1], activation: 'squared-relu', least: 2 },
  { examples: 100, widths: [10, 100, 1], activation: 'squared-relu', least: 1 },
  { examples: 1000, widths: [64, 256, 1], activation: 'squared-relu', least: 1 },
  { examples: 1000, widths: [784, 1024, 1], activation: 'squared-relu', least: 1 },
  { examples: 1000, widths: [64, 256, 256, 256, 256, 256, 1], activation: 'relu', least: 1 },
];

/** Seconds that a turn fills with calls. */
const TURN = 0.2;

export const gradients: BenchEntry = {
  name: 'gradients',
  about: 'log-risk and its gradient in float64, against PyTorch (eager, compiled) and JAX',
  async *run(tools) {
    for (const problem of problems) yield await compare(comparisonOf(problem, tools), tools);
  },
};

function networkOf({ widths, activation }: Problem): Network {
  const pointwise = activation === 'relu' ? relu : squaredRelu;
  return widths.length === 3 ? twoLayer(widths[0], widths[1], pointwise) : deep(widths, pointwise);
}

function comparisonOf(problem: Problem, tools: Tools): Comparison {
  const { examples, widths, activation, least } = problem;
  const network = networkOf(problem);
  const stream = randomStream(1).split('bench').split('gradients');
  const inputs = stream.split('inputs');
  const labels = stream.split('labels');
  const x = Float64Array.from({ length: examples * widths[0] }, () => inputs.normal());
  const y = Float64Array.from({ length: examples }, () => (labels.uniform() < 0.5 ? -1 : 1));
  const w = initialise(network, 'he', stream.split('parameters'));
  const risk = objective(network, x, y, exponentialLoss);
  const call = () => void risk.evaluate(w, 1);
  let calls = 0;
  const sent = {
    widths,
    activation,
    inputs: packed(x),
    labels: packed(y),
    parameters: packed(w),
    seconds: TURN,
  };
  const peer = (name: string, script: string, more: object = {}) =>
    pythonPeer(tools, { name, script, problem: { ...sent, ...more } });
  return {
    name: 'gradients',
    size: `${examples} examples, ${widths.join('–')}, ${activation}`,
    unit: 'ms',
    goal: { of: 'ratio', least },
    accuracy: { text: '1e-10 of the gradient, and of α', limit: 1e-10 },
    details: { examples, parameters: network.parameters },
    async ours() {
      if (calls === 0) calls = callsFor(call, TURN);
      const seconds = secondsPerCall(call, calls);
      return { seconds, answer: answerOf(risk.evaluate(w, 1)) };
    },
    peers: [
      peer('pytorch eager', 'gradients_pytorch.py', { mode: 'eager' }),
      peer('pytorch compiled', 'gradients_pytorch.py', { mode: 'compiled' }),
      peer('jax', 'gradients_jax.py'),
    ],
    difference: apart,
  };
}
