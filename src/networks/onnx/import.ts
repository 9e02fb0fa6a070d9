import { homogeneous } from '../degree.js';
import type { ImageNetwork } from '../image/image-network.js';
import { flat } from '../image/draft.js';
import { asOneScore, twoScores } from '../image/one-score.js';
import { nodeKindOf, type ImageNode } from '../image/kinds/index.js';
import type { OnnxModel, OnnxNode } from './decode.js';
import { imageShapeOf, isKnown, viewed, type Lowering, type Value } from './lowering.js';
import { countOf } from './axes.js';
import { onnxOperations } from './operations/index.js';

/** A network that a file describes, with its weights. */
export interface ImportedNetwork {
  readonly network: ImageNetwork;
  readonly theta: Float64Array;
  /** What its batch norms divide by; undefined where it has none. */
  readonly statistics: Float64Array | undefined;
  /** Which of the file's tensors is which block of parameters. */
  readonly mapping: readonly (readonly [string, string])[];
  /** What was read otherwise than it stands there, in sentences. */
  readonly notes: readonly string[];
}

/** A softmax or a sigmoid at the end: margins are differences of the scores before it. */
const LAST = ['Softmax', 'LogSoftmax', 'Sigmoid'];

/**
 * The network of an ONNX graph. The batch is the first axis of its one input; its one output has a row of
 * scores for each example. Floating-point tensors of the file that weights, normalisations, sums and
 * products use are its parameters; the numbers of `Constant` nodes and single numbers are not trained. Two
 * scores become one, the second minus the first. Throws one sentence with the node and its operation where
 * something is not supported. Shapes with an open length other than the batch's are refused.
 */
export function importOnnx(model: OnnxModel, file: string, name: string): ImportedNetwork {
  const input = onlyInput(model, file);
  const notes: string[] = [];
  const at = started(input.dimensions);
  const values = new Map<string, Value>();
  for (const [tensor, { dimensions, values: numbers, whole }] of model.tensors) {
    const trained = whole ? {} : { trained: tensor };
    values.set(tensor, { dimensions, values: numbers, whole, ...trained });
  }
  const own = [1, ...input.dimensions.slice(1)];
  values.set(input.name, { node: 0, dimensions: own, batchAxis: 0 });
  const [output] = model.outputs;
  for (const node of neededNodes(model)) {
    if (LAST.includes(node.operation) && node.outputs[0] === output) {
      notes.push(
        `The ${node.operation} at the end is left out: margins are those of the scores before it.`,
      );
      values.set(output, inputOf(values, node, 0, file)!);
      continue;
    }
    lowered(at, node, values, file).forEach((value, k) => values.set(node.outputs[k], value));
  }
  const scores = scoresOf(at, values.get(output), output, file);
  const whole = networkOf(at, scores, name);
  if (whole.outputs === 2) notes.push(twoScores);
  return {
    network: whole.outputs === 2 ? asOneScore(whole) : whole,
    theta: joined(at.theta),
    statistics: at.statisticsCount > 0 ? joined(at.statistics) : undefined,
    mapping: at.blocks.map(({ name }) => [name, name] as const),
    notes,
  };
}

/** The nodes that the output depends on, in their order. */
function neededNodes({ nodes, outputs }: OnnxModel): OnnxNode[] {
  const needed = new Set(outputs);
  const kept: OnnxNode[] = [];
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    for (const input of node.inputs) needed.add(input);
    kept.push(node);
  }
  return kept.reverse();
}

function onlyInput({ inputs, outputs }: OnnxModel, file: string) {
  if (inputs.length !== 1 || outputs.length !== 1) {
    const names = [...inputs.map(({ name }) => name), '→', ...outputs].join(' ');
    throw new Error(`${file}: expected one input and one output, found ${names}.`);
  }
  const [input] = inputs;
  const { name, dimensions } = input;
  const open = dimensions.slice(1).some((length) => !(Number.isInteger(length) && length > 0));
  if (dimensions.length < 2 || dimensions.length > 4 || open) {
    const found = dimensions.map((length) => (Number.isNaN(length) ? '?' : length)).join('×');
    throw new Error(
      `${file}: its input '${name}' is ${found || 'of no known shape'}; expected batch × channels × height × width, or batch × numbers, of which only the batch is open.`,
    );
  }
  return input;
}

function started(dimensions: readonly number[]): Lowering {
  const batch = dimensions[0];
  const shape = imageShapeOf({ dimensions: [1, ...dimensions.slice(1)], batchAxis: 0 });
  return {
    nodes: [{ kind: 'input', inputs: [], shape }],
    degrees: [homogeneous(0)],
    blocks: [],
    theta: [],
    statistics: [],
    parameters: 0,
    statisticsCount: 0,
    fixedBatch: Number.isFinite(batch) ? batch : undefined,
    known: new Map(),
  };
}

function inputOf(values: ReadonlyMap<string, Value>, node: OnnxNode, k: number, file: string) {
  const name = node.inputs[k];
  if (name === undefined || name === '') return undefined;
  const value = values.get(name);
  if (value) return value;
  throw new Error(
    `${file}: node '${node.name}' (${node.operation}) reads '${name}', which nothing gives.`,
  );
}

function lowered(
  at: Lowering,
  node: OnnxNode,
  values: ReadonlyMap<string, Value>,
  file: string,
): readonly Value[] {
  const { name, operation, domain } = node;
  const lower =
    domain === '' && Object.hasOwn(onnxOperations, operation)
      ? onnxOperations[operation]
      : undefined;
  const where = `${file}: node '${name}' (${domain === '' ? '' : `${domain}.`}${operation})`;
  if (!lower) {
    const known = Object.keys(onnxOperations).sort().join(', ');
    throw new Error(`${where} is no operation that afterfit computes; it has ${known}.`);
  }
  const inputs = node.inputs.map((_, k) => inputOf(values, node, k, file));
  if (!inputs[0] && operation !== 'Constant') throw new Error(`${where} has no input.`);
  try {
    return lower(at, inputs, node);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${where}: ${why}.`, { cause: error });
  }
}

/** The last node as a row of scores. */
function scoresOf(at: Lowering, value: Value | undefined, output: string, file: string): number {
  if (!value || isKnown(value)) {
    throw new Error(`${file}: its output '${output}' does not depend on its input.`);
  }
  const outputs = countOf(value.dimensions);
  const rows = value.dimensions.filter((length) => length !== 1);
  if (rows.length > 1) {
    throw new Error(
      `${file}: its output '${output}' has ${rows.join('×')} numbers for each example; expected one row of scores.`,
    );
  }
  return viewed(at, value.node, flat(outputs));
}

/** The network that ends with a node, which may be followed by ones that nothing needs. */
function networkOf(at: Lowering, last: number, name: string): ImageNetwork {
  const nodes = withShares(at.nodes.slice(0, last + 1));
  const degrees = at.degrees.slice(0, last + 1);
  const image = nodes[0].shape;
  return {
    name,
    image,
    nodes,
    degrees,
    blocks: at.blocks,
    parameters: at.parameters,
    statistics: at.statisticsCount,
    inputs: image.channels * image.height * image.width,
    outputs: nodes[last].shape.channels,
    degree: degrees[last],
  };
}

/** Nodes whose parameters a later one has too say so. */
function withShares(nodes: readonly ImageNode[]): ImageNode[] {
  const seen = new Set<number>();
  const marked = [...nodes];
  for (let k = nodes.length - 1; k >= 0; k--) {
    const slots = nodeKindOf(nodes[k]).slots?.(nodes[k]) ?? [];
    const offsets = slots.flatMap(({ into, offset }) => (into === 'parameters' ? [offset] : []));
    if (offsets.some((offset) => seen.has(offset))) marked[k] = { ...nodes[k], adds: true };
    for (const offset of offsets) seen.add(offset);
  }
  return marked;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
