import { bytesOf, numbersIn, shapeWords, type ArrayType } from '../../datasets/npy.js';
import { fieldsOf, messageOf, textOf, wholeNumbers, type Field } from './protobuf.js';

/** A graph as ONNX files hold it. */
export interface OnnxModel {
  /** 'pytorch 2.13.0'. */
  readonly producer: string;
  /** Version of the operations of the default domain. */
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  readonly tensors: ReadonlyMap<string, OnnxTensor>;
  readonly inputs: readonly OnnxInput[];
  readonly outputs: readonly string[];
}

/** One operation of it. */
export interface OnnxNode {
  readonly name: string;
  readonly operation: string;
  /** '' for the operations of ONNX itself. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** The value of an attribute. */
export type OnnxAttribute = number | readonly number[] | string | OnnxTensor;

/** Fixed numbers. */
export interface OnnxTensor {
  readonly name: string;
  /** Lengths of the axes, outermost first. */
  readonly dimensions: readonly number[];
  readonly values: Float64Array;
  /** True for whole numbers, as shapes and indices are. */
  readonly whole: boolean;
}

/** What comes in: a length is NaN where the file leaves it open. */
export interface OnnxInput {
  readonly name: string;
  readonly dimensions: readonly number[];
}

/** Bytes of a file beside the model: `length` of them from `offset`, or all that follow. */
export type ReadBeside = (
  location: string,
  offset: number,
  length: number | undefined,
) => Uint8Array;

/**
 * Decodes an ONNX file. `file` is used in messages; `beside` reads the files in which larger models keep
 * their numbers. Throws one sentence for bytes that are none, for tensors whose sizes and bytes disagree,
 * and for types of numbers that networks are not made of.
 */
export function decodeOnnx(bytes: Uint8Array, file: string, beside: ReadBeside): OnnxModel {
  try {
    return modelIn(bytes, file, beside);
  } catch (error) {
    if (!(error instanceof Error) || error.message.startsWith(file)) throw error;
    throw new Error(`${file}: expected an ONNX model; ${error.message}.`, { cause: error });
  }
}

function modelIn(bytes: Uint8Array, file: string, beside: ReadBeside): OnnxModel {
  let graph: Uint8Array | undefined;
  let opset = NaN;
  const producer = ['', ''];
  for (const field of fieldsOf(bytes)) {
    if (field.tag === 2) producer[0] = textOf(field);
    if (field.tag === 3) producer[1] = textOf(field);
    if (field.tag === 7) graph = messageOf(field);
    if (field.tag === 8) {
      const [domain, version] = operatorSet(messageOf(field));
      if (domain === '' || domain === 'ai.onnx') opset = version;
    }
  }
  if (!graph) throw new Error('it holds no graph');
  if (!Number.isFinite(opset)) throw new Error('it does not name its version of the operations');
  return { producer: producer.join(' ').trim(), opset, ...graphIn(graph, file, beside) };
}

function operatorSet(bytes: Uint8Array): [domain: string, version: number] {
  let [domain, version] = ['', NaN];
  for (const field of fieldsOf(bytes)) {
    if (field.tag === 1) domain = textOf(field);
    if (field.tag === 2) version = field.number;
  }
  return [domain, version];
}

function graphIn(bytes: Uint8Array, file: string, beside: ReadBeside) {
  const nodes: OnnxNode[] = [];
  const tensors = new Map<string, OnnxTensor>();
  const inputs: OnnxInput[] = [];
  const outputs: string[] = [];
  for (const field of fieldsOf(bytes)) {
    if (field.tag === 1) nodes.push(nodeIn(messageOf(field), file, beside));
    if (field.tag === 5) {
      const tensor = tensorIn(messageOf(field), file, beside);
      tensors.set(tensor.name, tensor);
    }
    if (field.tag === 11) inputs.push(inputIn(messageOf(field)));
    if (field.tag === 12) outputs.push(inputIn(messageOf(field)).name);
    if (field.tag === 15) throw new Error('sparse tensors are not read');
  }
  return { nodes, tensors, inputs: inputs.filter(({ name }) => !tensors.has(name)), outputs };
}

function nodeIn(bytes: Uint8Array, file: string, beside: ReadBeside): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  const texts = { 3: '', 4: '', 7: '' };
  for (const field of fieldsOf(bytes)) {
    if (field.tag === 1) inputs.push(textOf(field));
    if (field.tag === 2) outputs.push(textOf(field));
    if (field.tag === 3 || field.tag === 4 || field.tag === 7) texts[field.tag] = textOf(field);
    if (field.tag === 5) {
      const [name, value] = attributeIn(messageOf(field), file, beside);
      attributes.set(name, value);
    }
  }
  const { 3: name, 4: operation, 7: domain } = texts;
  const own = domain === 'ai.onnx' ? '' : domain;
  return { name: name || outputs[0], operation, domain: own, inputs, outputs, attributes };
}

/** Numbers of the types of attributes that are a list, of floats or of whole numbers. */
const LISTS = new Set([6, 7]);

function attributeIn(bytes: Uint8Array, file: string, beside: ReadBeside): [string, OnnxAttribute] {
  let name = '';
  let type = 0;
  let value: OnnxAttribute | undefined;
  const list: number[] = [];
  for (const field of fieldsOf(bytes)) {
    if (field.tag === 1) name = textOf(field);
    if (field.tag === 2) value = floats(field)[0];
    if (field.tag === 3) value = field.number;
    if (field.tag === 4) value = textOf(field);
    if (field.tag === 5) value = tensorIn(messageOf(field), file, beside);
    if (field.tag === 7) list.push(...floats(field));
    if (field.tag === 8) list.push(...wholeNumbers(field));
    if (field.tag === 20) type = field.number;
  }
  return [name, LISTS.has(type) || value === undefined ? list : value];
}

function floats({ bytes }: Field): Float64Array {
  return numbersIn(bytes ?? new Uint8Array(0), 'float32', 'an attribute');
}

function inputIn(bytes: Uint8Array): OnnxInput {
  let name = '';
  const dimensions: number[] = [];
  for (const field of fieldsOf(bytes)) {
    if (field.tag === 1) name = textOf(field);
    if (field.tag === 2) dimensions.push(...dimensionsIn(messageOf(field)));
  }
  return { name, dimensions };
}

/** type → tensor_type (1) → shape (2) → dim (1) → dim_value (1). */
function dimensionsIn(type: Uint8Array): number[] {
  return inner(type, 1)
    .flatMap((tensor) => inner(tensor, 2))
    .flatMap((shape) => inner(shape, 1))
    .map((dimension) => [...fieldsOf(dimension)].find(({ tag }) => tag === 1)?.number ?? NaN);
}

function inner(bytes: Uint8Array, tag: number): Uint8Array[] {
  return [...fieldsOf(bytes)].filter((field) => field.tag === tag).map(messageOf);
}

/** ONNX's numbers for the types of entries. */
const TYPES: Readonly<Record<number, ArrayType>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
};
const EXTERNAL = 1;

function tensorIn(bytes: Uint8Array, file: string, beside: ReadBeside): OnnxTensor {
  const dimensions: number[] = [];
  let [name, type, raw]: [string, number, Uint8Array | undefined] = ['', 0, undefined];
  const listed: number[] = [];
  const elsewhere = new Map<string, string>();
  let external = false;
  for (const field of fieldsOf(bytes)) {
    if (field.tag === 1) dimensions.push(...wholeNumbers(field));
    if (field.tag === 2) type = field.number;
    if (field.tag === 8) name = textOf(field);
    if (field.tag === 9) raw = messageOf(field);
    if (field.tag === 4) pushAll(listed, numbersIn(messageOf(field), 'float32', name));
    if (field.tag === 10) pushAll(listed, numbersIn(messageOf(field), 'float64', name));
    if (field.tag === 5 || field.tag === 7 || field.tag === 11)
      pushAll(listed, wholeNumbers(field));
    if (field.tag === 13) elsewhere.set(...pairIn(messageOf(field)));
    if (field.tag === 14) external = field.number === EXTERNAL;
  }
  const kind = TYPES[type];
  const what = `${file}: the tensor '${name}'`;
  if (kind === undefined) {
    throw new Error(`${what} is of ONNX's type ${type}; expected floats, integers or booleans.`);
  }
  const count = dimensions.reduce((product, length) => product * length, 1);
  const odd = dimensions.some((length) => !(Number.isInteger(length) && length >= 0));
  if (odd) throw new Error(`${what} is ${shapeWords(dimensions)}; expected lengths of at least 0.`);
  if (external) raw = bytesBeside(elsewhere, count * bytesOf(kind), what, beside);
  const found = raw ? raw.length / bytesOf(kind) : listed.length;
  if (found !== count) {
    throw new Error(
      `${what} is ${shapeWords(dimensions)}, ${count} numbers; the file holds ${found}.`,
    );
  }
  // Slices to the end end at the largest integer there is.
  const values = raw ? numbersIn(raw, kind, what, { rounded: true }) : Float64Array.from(listed);
  return { name, dimensions, values, whole: !kind.startsWith('float') };
}

function bytesBeside(
  elsewhere: ReadonlyMap<string, string>,
  expected: number,
  what: string,
  beside: ReadBeside,
): Uint8Array {
  const location = elsewhere.get('location');
  if (location === undefined) throw new Error(`${what} lies in another file that has no name.`);
  const offset = Number(elsewhere.get('offset') ?? 0);
  const length = elsewhere.has('length') ? Number(elsewhere.get('length')) : undefined;
  if (length !== undefined && length !== expected) {
    throw new Error(`${what} takes ${expected} bytes; ${length} are said to be in '${location}'.`);
  }
  return beside(location, offset, expected);
}

function pairIn(bytes: Uint8Array): [key: string, value: string] {
  const texts = ['', ''];
  for (const field of fieldsOf(bytes)) if (field.tag <= 2) texts[field.tag - 1] = textOf(field);
  return [texts[0], texts[1]];
}

function pushAll(into: number[], from: ArrayLike<number>): void {
  for (let k = 0; k < from.length; k++) into.push(from[k]);
}
