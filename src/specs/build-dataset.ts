import { datasetFromCsv } from '../datasets/csv.js';
import { firstOfEachClass, makeDataset, type Dataset } from '../datasets/dataset.js';
import { circles, xorBlobs } from '../datasets/planar.js';
import { separableGaussian } from '../datasets/separable-gaussian.js';
import { projectIntoSpan, rotateIntoSpan } from '../datasets/span.js';
import { teacherProblem } from '../datasets/teacher.js';
import {
  appendConstant,
  applyCenterAndScale,
  centerAndScale,
  selectClasses,
} from '../datasets/transforms.js';
import { randomStream } from '../numerics/random.js';
import { requireLabels } from './agreement.js';
import type { BuiltData } from './built.js';
import type { DatasetEntry } from './dataset.js';
import { hasTest, splitIn } from './npz-splits.js';
import { faultText, type Fault, type JsonPath } from './faults.js';
import type { ImageSetName } from './image-sets.js';
import { requireRows } from './network-checks.js';
import { noFiles, type DataReaders } from './readers.js';
import { requireNoContradiction, requireVarying } from './table-checks.js';

/** `buildDataset` for a description that has been checked. */
export function datasetOf(entry: DatasetEntry, readers: DataReaders = noFiles): BuiltData {
  return (BUILDERS[entry.kind] as Builder<DatasetEntry>)(entry, readers);
}

type Entry<K extends DatasetEntry['kind']> = Extract<DatasetEntry, { kind: K }>;
type ImageEntry = Entry<ImageSetName>;
type Builder<E> = (entry: E, readers: DataReaders) => BuiltData;

const BUILDERS: {
  readonly [K in DatasetEntry['kind']]: Builder<K extends ImageSetName ? ImageEntry : Entry<K>>;
} = {
  inline,
  csv: fromCsv,
  npz: fromNpz,
  'planar-teacher': planarTeacher,
  'xor-blobs': ({ seed, ...options }) => ({ train: xorBlobs(options, seed) }),
  circles: ({ seed, ...options }) => ({ train: circles(options, seed) }),
  'separable-gaussian': ({ seed, ...options }) => ({
    train: separableGaussian(options, seed).dataset,
  }),
  'fashion-mnist-tiny': fromImages,
  'fashion-mnist': fromImages,
  'cifar-10': fromImages,
  'first-found': fromFirstFound,
};

function inline({ name, classes, inputs, labels, image, test }: Entry<'inline'>): BuiltData {
  const dimension = inputs[0].length;
  const made = (path: JsonPath, rows: number[][], own: number[], title: string) => {
    requireRows([...path, 'inputs'], rows, dimension, 'as many as the first row has', fault);
    requireLabels([...path, 'labels'], own, classes, fault);
    const flat = Float64Array.from(rows.flat());
    const source = 'numbers of a description';
    return makeDataset({
      name: title,
      source,
      dimension,
      classes,
      inputs: flat,
      labels: own,
      image,
    });
  };
  return {
    train: made(['data'], inputs, labels, name),
    ...(test && { test: made(['data', 'test'], test.inputs, test.labels, `${name}, test`) }),
  };
}

const fault: Fault = (path, value, expected) => {
  throw new Error(faultText(path, value, expected));
};

function fromCsv(entry: Entry<'csv'>, readers: DataReaders): BuiltData {
  const { file, label, columns, standardise, constant } = entry;
  const table = datasetFromCsv(readers.text(file), file, { label, columns });
  requireVarying(table, constant, file);
  requireNoContradiction(table, file);
  const scaled = standardise === 'none' ? undefined : centerAndScale(table.dataset, standardise);
  const plain = scaled?.dataset ?? table.dataset;
  return {
    train: constant ? appendConstant(plain) : plain,
    provenance: {
      // The folder is that of one machine.
      file: file.replace(/^.*[\\/]/, ''),
      columns: [...table.columns, ...(constant ? ['constant 1'] : [])],
      label: table.labelColumn,
      labels: [...table.labelMapping],
      // New inputs become (x − mean)/deviation.
      ...(scaled && { mean: [...scaled.shift], deviation: [...scaled.scale] }),
    },
  };
}

/** Points of the square, labelled by a teacher, with a constant third input. */
function planarTeacher(entry: Entry<'planar-teacher'>): BuiltData {
  const { activation, examples, margin, teacherWidth, seed } = entry;
  const stream = randomStream(seed).split('planar').split(activation);
  const options = { examples, activation, margin, width: teacherWidth, constant: true };
  return { train: teacherProblem(options, stream).dataset };
}

function fromImages(entry: ImageEntry, readers: DataReaders): BuiltData {
  return prepared(entry, readers.images(entry.kind, 'train'), () =>
    readers.images(entry.kind, 'test'),
  );
}

function fromFirstFound({ sets, ...rest }: Entry<'first-found'>, readers: DataReaders): BuiltData {
  const kind = sets.find((name) => readers.hasImages?.(name));
  if (kind) return fromImages({ ...rest, kind }, readers);
  throw new Error(`data.sets: none of ${sets.join(', ')} is found; expected one on this machine.`);
}

function fromNpz(entry: Entry<'npz'>, readers: DataReaders): BuiltData {
  const { file, numberOfClasses, image } = entry;
  const arrays = readers.arrays(file);
  const train = splitIn(arrays, { file, image, classes: numberOfClasses }, 'train');
  const classes = train.classes;
  return prepared(
    entry,
    train,
    hasTest(arrays) ? () => splitIn(arrays, { file, image, classes }, 'test') : undefined,
  );
}

/** Classes first, then their number of examples, units and coordinates: each rests on those before. */
function prepared(
  { classes, perClass, standardise, span }: Omit<ImageEntry, 'kind'>,
  train: Dataset,
  readTest: (() => Dataset) | undefined,
): BuiltData {
  const chosen = (data: Dataset) => (classes ? selectClasses(data, classes) : data);
  const all = chosen(train);
  const few = perClass === undefined ? all : firstOfEachClass(all, perClass);
  const units = standardise === 'none' ? undefined : centerAndScale(few, standardise);
  const scaled = units?.dataset ?? few;
  const rotation = span ? rotateIntoSpan(scaled) : undefined;
  const likewise = (data: Dataset) => {
    const inUnits = units ? applyCenterAndScale(units, data) : data;
    return rotation ? projectIntoSpan(rotation, inUnits) : inUnits;
  };
  return {
    train: rotation?.dataset ?? scaled,
    ...(readTest && { test: likewise(chosen(readTest())) }),
  };
}
