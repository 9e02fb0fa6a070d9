import { basename } from 'node:path';
import { readNpz } from '../datasets/index.js';
import { asOneScore, twoScores, type ImageNetwork } from '../networks/index.js';
import { lookAt } from '../files/paths.js';
import { writeAtomically } from '../files/write.js';
import { defineCommand, type Command } from './command.js';
import { fromUsersFolder, requireFile } from './files.js';
import { readJson } from './json-file.js';
import { jsonText } from './json-text.js';
import { liveLine } from './live-line.js';
import {
  channelUnits,
  measureArguments,
  measureOptions,
  measureUsage,
  requireNetwork,
  type MeasureArguments,
} from './measure/arguments.js';
import { checkpointsIn, following, type CheckpointRecord } from './measure/checkpoints.js';
import { dataNamed, type MeasuredData } from './measure/data-named.js';
import { measureNetwork } from './measure/measure.js';
import { nameMapFrom } from './measure/name-map.js';
import { networkNamed } from './measure/network-named.js';
import { networkInOnnx } from './measure/onnx-file.js';
import type { MeasureRecord } from './measure/record.js';
import { runPage, runTable } from './measure/run-page.js';
import { loadStateDict, type LoadedWeights } from './measure/state-dict.js';
import { measureSummary } from './measure/summary.js';
import { nativeAlgebraAloud } from './native-algebra.js';
import { columnsOf, formatTable } from './table.js';

export const measureCommand: Command<MeasureArguments> = defineCommand({
  name: 'measure',
  usage: measureUsage,
  summary: `Measures a network that was trained elsewhere: margins, errors, alignment, KKT residual, norms and
ranks of its layers, effective degree.`,
  operands: {
    'MODEL.onnx': `a network with its weights, as PyTorch, Keras and JAX export it`,
    'WEIGHTS.npz': `a PyTorch state dict, saved by
np.savez(path, **{k: v.numpy() for k, v in model.state_dict().items()})`,
    CHECKPOINTS: 'a folder with such files of one run, an epoch or a step in each name',
  },
  options: measureOptions,
  exits: {
    0: 'when everything was measured',
    2: 'when the input is wrong (nothing is written)',
  },
  ask: measureArguments,
  run: measureAsAsked,
});

async function measureAsAsked(args: MeasureArguments): Promise<number> {
  const path = fromUsersFolder(args.weights);
  const out = args.out === undefined ? undefined : fromUsersFolder(args.out);
  const html = args.html === undefined ? undefined : fromUsersFolder(args.html);
  for (const [option, file] of [
    ['--out', out],
    ['--html', html],
  ] as const) {
    if (file === undefined) continue;
    if (file === path) throw new Error(`${option} names the weights; expected another file.`);
    requireFile(file, option);
  }
  if (out !== undefined && out === html) throw new Error('--out and --html name one file.');
  nativeAlgebraAloud();
  if (lookAt(path)?.isDirectory()) return measureRun(args, path, out, html);
  if (html !== undefined) {
    throw new Error('--html draws a run; expected a folder of checkpoints in place of one file.');
  }
  const line = liveLine(process.stderr);
  const { record, notes } = measureFile(args, path, (text) => line.update(text));
  line.end();
  console.log(measureSummary(record));
  for (const note of notes) console.log(note);
  if (out !== undefined) {
    writeAtomically(out, jsonText({ weights: basename(path), ...record, notes }));
    console.log(`Written to ${out}`);
  }
  return 0;
}

/** Measures every checkpoint of a folder, one after the other. */
async function measureRun(
  args: MeasureArguments,
  folder: string,
  out: string | undefined,
  html: string | undefined,
): Promise<number> {
  const line = liveLine(process.stderr);
  const checkpoints = checkpointsIn(folder);
  const records: CheckpointRecord[] = [];
  let before: Measured | undefined;
  for (const checkpoint of checkpoints) {
    const where = `${basename(checkpoint.path)}, ${records.length + 1} of ${checkpoints.length}`;
    const progress = (text: string) => line.update(`${where}: ${text}`);
    const measured = measureFile(args, checkpoint.path, progress, before?.data);
    const { theta } = measured;
    if (before && before.theta.length !== theta.length) {
      throw new Error(`${where}: ${theta.length} parameters; the checkpoint before has ${before.theta.length}.`); // prettier-ignore
    }
    const last = before && { record: records[records.length - 1], theta: before.theta };
    records.push(following(checkpoint, measured.record, theta, last));
    before = measured;
  }
  line.end();
  const said = before?.notes ?? [];
  const { headings, cells } = runTable(records);
  const widths = headings.map((heading, k) =>
    Math.max(...[heading, ...cells.map((row) => row[k])].map(columnsOf)),
  );
  console.log(formatTable(headings, cells, widths));
  for (const note of said) console.log(note);
  if (out !== undefined) {
    writeAtomically(out, jsonText({ checkpoints: records, notes: said }));
    console.log(`Written to ${out}`);
  }
  if (html !== undefined) {
    writeAtomically(html, await runPage(records, said, `Checkpoints of ${basename(folder)}`));
    console.log(`Written to ${html}`);
  }
  return 0;
}

interface Measured {
  readonly record: MeasureRecord;
  readonly theta: Float64Array;
  readonly notes: readonly string[];
  readonly data: MeasuredData;
}

/** Measures one file, on data that may be there already. */
function measureFile(
  args: MeasureArguments,
  path: string,
  onProgress: (text: string) => void,
  known?: MeasuredData,
): Measured {
  const { network, loaded, notes } = networkAndWeights(args, path);
  const units = channelUnits(args, network.image.channels);
  const data = known ?? dataNamed(args.data, network, units, args.examples);
  const { loss, kktPairs } = args;
  const record = measureNetwork(network, loaded, data, { loss, kktPairs, onProgress });
  return { record, theta: loaded.theta, notes, data };
}

/** What is measured: a model that describes itself, or weights for a network that has a name. */
function networkAndWeights(
  { network: name, map }: MeasureArguments,
  weights: string,
): { network: ImageNetwork; loaded: LoadedWeights; notes: readonly string[] } {
  if (weights.endsWith('.onnx')) {
    if (name !== undefined) {
      throw new Error(`${basename(weights)} describes its network; expected no --network.`);
    }
    const { network, notes, ...loaded } = networkInOnnx(weights);
    return { network, loaded, notes };
  }
  const whole = networkNamed(requireNetwork(name, basename(weights)));
  const names = map === undefined ? {} : mapIn(map);
  const loaded = loadStateDict(whole, readNpz(weights), basename(weights), names);
  const two = whole.outputs === 2;
  return { network: two ? asOneScore(whole) : whole, loaded, notes: two ? [twoScores] : [] };
}

function mapIn(map: string) {
  const path = fromUsersFolder(map);
  return nameMapFrom(readJson(path, basename(path)), basename(path));
}
