import type { ImageNode } from '../../networks/image/kinds/index.js';
import type { Layer } from '../../networks/layer.js';
import type { Network } from '../../networks/serial.js';
import { countText, counted } from '../../text/numbers.js';
import type { MimeBundle } from '../jupyter-display.js';
import { field, hasFields, isArray, isCount, isObject, isText } from './fields.js';
import { summary, type TextTable } from './text-table.js';

/** Layers listed … */
const LISTED = 60;
/** … and counted: deep networks of images have some hundred. */
const MOST_LAYERS = 10_000;

/** A network: its sizes, its degree of homogeneity, its layers with their parameters. */
export function networkBundle(value: unknown): MimeBundle | undefined {
  if (!isNetwork(value)) return undefined;
  const { name, inputs, outputs, parameters, degree } = value;
  const lines = [
    `Network ${name}: ${counted(parameters, 'parameter')}`,
    `${counted(inputs, 'input')}, ${counted(outputs, 'output')}; ` +
      (degree.homogeneous ? `homogeneous of degree ${degree.degree}` : 'not homogeneous:'),
    ...(degree.homogeneous ? [] : [degree.reason]),
  ];
  return summary(lines, layersOf(value));
}

function layersOf(network: Network): TextTable | undefined {
  const rows = rowsOf(network);
  if (!rows) return undefined;
  const left = rows.length - LISTED;
  const listed = rows.slice(0, LISTED);
  if (left > 0) listed.push(['…', `${counted(left, 'more layer')}`, '…']);
  return { headings: ['layer', 'gives', 'parameters'], rows: listed, words: ['layer'] };
}

function rowsOf(network: Network): string[][] | undefined {
  const [layers, nodes] = [field(network, 'layers'), field(network, 'nodes')];
  if (isArray(layers) && layers.length <= MOST_LAYERS && layers.every(isLayer)) {
    return (layers as Layer[]).map(({ kind, outputs, parameters }) => [
      kind,
      countText(outputs),
      countText(parameters),
    ]);
  }
  if (isArray(nodes) && nodes.length <= MOST_LAYERS && nodes.every(isNode)) {
    return (nodes as ImageNode[]).map((node) => {
      const { channels, height, width } = node.shape;
      return [nodeText(node), `${channels}×${height}×${width}`, countText(parametersOf(node))];
    });
  }
  return undefined;
}

function isLayer(value: unknown): boolean {
  return hasFields(value, { kind: isText, outputs: isCount, parameters: isCount });
}

function isNode(value: unknown): boolean {
  const shape = field(value, 'shape');
  return (
    hasFields(value, { kind: isText }) &&
    hasFields(shape, { channels: isCount, height: isCount, width: isCount })
  );
}

/** 'convolution 3×3, stride 2'; sides of different lengths are given each. */
function nodeText(node: ImageNode): string {
  if (node.kind === 'pointwise') return node.function;
  const window = 'kernel' in node ? node.kernel : 'size' in node ? node.size : undefined;
  if (window === undefined) return node.kind;
  const [height, width] = sidesOf(window);
  const [down, across] = 'stride' in node ? sidesOf(node.stride) : [1, 1];
  const steps = down === across ? `${down}` : `${down}×${across}`;
  const stride = down === 1 && across === 1 ? '' : `, stride ${steps}`;
  return `${node.kind} ${height}×${width}${stride}`;
}

const sidesOf = (side: number | readonly [number, number]) =>
  typeof side === 'number' ? ([side, side] as const) : side;

function parametersOf(node: ImageNode): number {
  const blocks = ['weights', 'bias', 'scale', 'shift', 'block'].map((name) => field(node, name));
  return blocks.reduce<number>((sum, block) => {
    const [rows, columns] = [field(block, 'rows'), field(block, 'columns')];
    return isCount(rows) && isCount(columns) ? sum + rows * columns : sum;
  }, 0);
}

function isNetwork(value: unknown): value is Network {
  const shaped = hasFields(value, {
    name: isText,
    inputs: isCount,
    outputs: isCount,
    parameters: isCount,
    blocks: isArray,
    degree: isObject,
  });
  if (!shaped) return false;
  const degree = field(value, 'degree');
  return field(degree, 'homogeneous') === true
    ? typeof field(degree, 'degree') === 'number'
    : isText(field(degree, 'reason'));
}
