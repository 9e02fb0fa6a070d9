import { existsSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { readNpz } from '../datasets/index.js';
import { writeAtomically } from '../files/write.js';
import { defineCommand, type Command } from './command.js';
import { fromUsersFolder, requireWritable } from './files.js';
import { readJson } from './json-file.js';
import { jsonText } from './json-text.js';
import { liveLine } from './live-line.js';
import {
  channelUnits,
  measureArguments,
  measureOptions,
  measureUsage,
  type MeasureArguments,
} from './measure/arguments.js';
import { dataNamed } from './measure/data-named.js';
import { measureNetwork } from './measure/measure.js';
import { nameMapFrom } from './measure/name-map.js';
import { networkNamed } from './measure/network-named.js';
import { loadStateDict } from './measure/state-dict.js';
import { measureSummary } from './measure/summary.js';
import { nativeAlgebraAloud } from './native-algebra.js';

export const measureCommand: Command<MeasureArguments> = defineCommand({
  name: 'measure',
  usage: measureUsage,
  summary: `Measures a network that was trained elsewhere: margins, errors, alignment, KKT residual, norms and
ranks of its layers, effective degree.`,
  operands: {
    'WEIGHTS.npz': `a PyTorch state dict, saved by
np.savez(path, **{k: v.numpy() for k, v in model.state_dict().items()})`,
  },
  options: measureOptions,
  exits: {
    0: 'when everything was measured',
    2: 'when the input is wrong (nothing is written)',
  },
  ask: measureArguments,
  run: measureAsAsked,
});

function measureAsAsked(args: MeasureArguments): number {
  const weights = fromUsersFolder(args.weights);
  const out = args.out === undefined ? undefined : fromUsersFolder(args.out);
  if (out === weights) throw new Error('--out names the weights; expected another file.');
  if (out !== undefined && existsSync(out) && statSync(out).isDirectory()) {
    throw new Error(`--out is the folder ${args.out}; expected a file.`);
  }
  const network = networkNamed(args.network);
  const names = args.map === undefined ? {} : mapIn(args.map);
  const loaded = loadStateDict(network, readNpz(weights), basename(weights), names);
  const units = channelUnits(args, network.image.channels);
  const data = dataNamed(args.data, network, units, args.examples);
  if (out !== undefined) requireWritable(dirname(out));
  nativeAlgebraAloud();
  const line = liveLine(process.stderr);
  const measured = measureNetwork(network, loaded, data, {
    loss: args.loss,
    kktPairs: args.kktPairs,
    onProgress: (text) => line.update(text),
  });
  line.end();
  const record = { weights: basename(weights), ...measured };
  console.log(measureSummary(record));
  if (out === undefined) return 0;
  writeAtomically(out, jsonText(record));
  console.log(`Written to ${out}`);
  return 0;
}

function mapIn(map: string) {
  const path = fromUsersFolder(map);
  return nameMapFrom(readJson(path, basename(path)), basename(path));
}
