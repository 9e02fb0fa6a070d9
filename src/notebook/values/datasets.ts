import type { Dataset } from '../../datasets/dataset.js';
import { countText, counted } from '../../text/numbers.js';
import { numberText } from '../number-text.js';
import type { MimeBundle } from '../jupyter-display.js';
import { field, hasFields, isCount, isFloat64, isText } from './fields.js';
import { summary } from './text-table.js';

/** Examples and coordinates shown. */
const EXAMPLES = 5;
const COORDINATES = 8;

/** A data set: its size, where it comes from, the classes, the first examples. */
export function datasetBundle(value: unknown): MimeBundle | undefined {
  if (!isDataset(value)) return undefined;
  const { name, source, examples, dimension, inputs, labels } = value;
  const across = Math.min(dimension, COORDINATES);
  const more = dimension > across;
  const rows = Array.from({ length: Math.min(examples, EXAMPLES) }, (_, i) => [
    numberText(labels[i]),
    ...Array.from({ length: across }, (_, j) => numberText(inputs[i * dimension + j], 4)),
    ...(more ? ['…'] : []),
  ]);
  const headings = ['label', ...Array.from({ length: across }, (_, j) => `x${j}`)];
  if (more) headings.push('…');
  if (examples > EXAMPLES) rows.push(headings.map(() => '…'));
  const lines = [`Data set ${name}: ${sizeText(value)}`, source, classesText(value)];
  return summary(lines, { headings, rows });
}

function sizeText({ examples, dimension, image }: Dataset): string {
  const { channels, height, width } = image ?? {};
  const shape = image ? ` (images ${channels}×${height}×${width})` : '';
  return `${counted(examples, 'example')} of ${counted(dimension, 'number')}${shape}`;
}

/** 'Labels: −1 (21 examples), 1 (21)'. */
function classesText({ classes, labels }: Dataset): string {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const listed = [...counts].sort(([a], [b]) => a - b).slice(0, 20);
  const each = listed.map(([label, count]) => `${numberText(label)}: ${countText(count)}`);
  return `${classes} classes; examples with label ${each.join(', ')}${counts.size > 20 ? ', …' : ''}`;
}

function isDataset(value: unknown): value is Dataset {
  const shaped = hasFields(value, {
    name: isText,
    source: isText,
    examples: isCount,
    dimension: isCount,
    classes: isCount,
    inputs: isFloat64,
    labels: isFloat64,
  });
  if (!shaped) return false;
  const { examples, dimension, inputs, labels } = value as Dataset;
  const image = field(value, 'image');
  const isShape = hasFields(image, { channels: isCount, height: isCount, width: isCount });
  return (
    labels.length === examples &&
    inputs.length === examples * dimension &&
    (image === undefined || isShape)
  );
}
