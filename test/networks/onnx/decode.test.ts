import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { decodeOnnx, importOnnx } from '../../../src/networks/index.js';
import { fixture, nothingBeside } from './fixtures.js';

const bytes = readFileSync(fixture('lenet-script.onnx'));

/** A protobuf field of a tag: a number, or bytes with their length. */
function field(tag: number, value: number | bigint | Uint8Array | string): Uint8Array {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return Uint8Array.of(...varint(BigInt(tag * 8)), ...varint(BigInt.asUintN(64, BigInt(value))));
  }
  const content = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return Uint8Array.of(
    ...varint(BigInt(tag * 8 + 2)),
    ...varint(BigInt(content.length)),
    ...content,
  );
}

function varint(value: bigint): number[] {
  const rest = value >> 7n;
  return rest === 0n ? [Number(value)] : [Number(value & 127n) | 128, ...varint(rest)];
}

const message = (...fields: Uint8Array[]) => Uint8Array.from(fields.flatMap((part) => [...part]));
const FLOAT = field(2, 1);

/** A model with one tensor beside a graph that gives its input back. */
function withTensor(...tensor: Uint8Array[]): Uint8Array {
  return message(field(8, message(field(2, 20))), field(7, message(field(5, message(...tensor)))));
}

/** A model of some nodes, with a tensor `w` of 2×3 numbers, on batch × 2 inputs. */
function withNodes(nodes: readonly (readonly Uint8Array[])[], output = 'y'): Uint8Array {
  const dimension = (value: number) => field(1, field(1, value));
  const shape = message(field(1, field(2, 'batch')), dimension(2));
  const input = message(field(1, 'x'), field(2, field(1, message(field(1, 1), field(2, shape)))));
  const numbers = new Uint8Array(new Float32Array([1, 2, 3, 4, 5, 6]).buffer);
  const tensor = message(field(1, 2), field(1, 3), FLOAT, field(8, 'w'), field(9, numbers));
  const graph = message(
    ...nodes.map((node) => field(1, message(...node))),
    field(5, tensor),
    field(11, input),
    field(12, field(1, output)),
  );
  return message(field(8, message(field(2, 20))), field(7, graph));
}

const node = (operation: string, inputs: readonly string[], output = 'y') => [
  ...inputs.map((name) => field(1, name)),
  field(2, output),
  field(3, `my ${operation}`),
  field(4, operation),
];
const imported = (model: Uint8Array) =>
  importOnnx(decodeOnnx(model, 'm.onnx', nothingBeside), 'm.onnx', 'm');

describe('ONNX files', () => {
  it('that end early are refused, wherever that is', () => {
    for (let length = 0; length < bytes.length; length += 7) {
      expect(() => imported(bytes.subarray(0, length))).to.throw(/^m\.onnx: [^\n]+\.$/);
    }
  });

  it('with any byte changed are read or refused in one sentence', () => {
    for (let at = 0; at < bytes.length; at += 3) {
      const changed = Uint8Array.from(bytes);
      changed[at] ^= 0x5a;
      try {
        imported(changed);
      } catch (error) {
        expect((error as Error).message, `byte ${at}`).to.match(/^m\.onnx: .+\.$/s);
      }
    }
  });

  it('of other content are refused', () => {
    expect(() => imported(new TextEncoder().encode('<html>no model</html>'))).to.throw(
      'm.onnx: expected an ONNX model; ',
    );
    expect(() => imported(new Uint8Array(0))).to.throw('m.onnx: expected an ONNX model; it holds no graph.'); // prettier-ignore
  });

  const wrong: readonly (readonly [string, Uint8Array[], string])[] = [
    [
      'more numbers said than there are',
      [field(1, 10 ** 12), FLOAT, field(8, 't'), field(9, new Uint8Array(8))],
      "m.onnx: the tensor 't' is 1000000000000, 1000000000000 numbers; the file holds 2.",
    ],
    [
      'negative lengths',
      [field(1, -4n), FLOAT, field(8, 't')],
      "m.onnx: the tensor 't' is -4; expected lengths of at least 0.",
    ],
    [
      'another type',
      [field(2, 8), field(8, 't')],
      "m.onnx: the tensor 't' is of ONNX's type 8; expected floats, integers or booleans.",
    ],
    [
      'numbers elsewhere without a name',
      [field(1, 1), FLOAT, field(8, 't'), field(14, 1)],
      "m.onnx: the tensor 't' lies in another file that has no name.",
    ],
  ];
  for (const [title, tensor, sentence] of wrong) {
    it(`whose tensors have ${title} are refused`, () => {
      expect(() => decodeOnnx(withTensor(...tensor), 'm.onnx', nothingBeside)).to.throw(sentence);
    });
  }
});

describe('graphs', () => {
  it('become networks', () => {
    const { network, theta } = imported(withNodes([node('MatMul', ['x', 'w'])]));
    expect(network.outputs).to.equal(3);
    expect([...theta]).to.deep.equal([1, 4, 2, 5, 3, 6]);
    expect(network.degree).to.deep.equal({ homogeneous: true, degree: 1 });
  });

  it('keep their degree where only the input is normalised', () => {
    const model = withNodes([node('Softmax', ['x'], 'a'), node('MatMul', ['a', 'w'])]);
    expect(imported(model).network.degree).to.deep.equal({ homogeneous: true, degree: 1 });
  });

  const refused: readonly (readonly [string, Uint8Array, string])[] = [
    [
      'operations that are none here',
      withNodes([node('ConvTranspose', ['x', 'w'])]),
      "m.onnx: node 'my ConvTranspose' (ConvTranspose) is no operation that afterfit computes; it has Abs, Add, ",
    ],
    [
      'names that objects have anyway',
      withNodes([node('constructor', ['x'])]),
      "m.onnx: node 'my constructor' (constructor) is no operation",
    ],
    [
      'inputs that nothing gives',
      withNodes([node('Relu', ['z'])]),
      "m.onnx: node 'my Relu' (Relu) reads 'z', which nothing gives.",
    ],
    [
      'weights of another size',
      withNodes([node('MatMul', ['x', 'w'], 'a'), node('MatMul', ['a', 'w'])]),
      "m.onnx: node 'my MatMul' (MatMul): its input has 3 numbers; its weights take 2.",
    ],
    [
      'an output that depends on nothing',
      withNodes([node('Identity', ['w'])]),
      "m.onnx: its output 'y' does not depend on its input.",
    ],
    [
      'examples that are mixed',
      withNodes([node('Transpose', ['x'], 'a'), node('MatMul', ['a', 'w'])]),
      "m.onnx: node 'my MatMul' (MatMul): it mixes the examples of a batch.",
    ],
  ];
  for (const [title, model, sentence] of refused) {
    it(`with ${title} are refused`, () => {
      expect(() => imported(model)).to.throw(sentence);
    });
  }
});
