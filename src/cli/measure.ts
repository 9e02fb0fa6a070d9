import { existsSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { readNpz } from '../datasets/index.js';
import { asOneScore, twoScores, type ImageNetwork } from '../networks/index.js';
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
import { networkInOnnx } from './measure/onnx-file.js';
import { loadStateDict, type LoadedWeights } from './measure/state-dict.js';
import { measureSummary } from './measure/summary.js';
import { nativeAlgebraAloud } from './native-algebra.js';

export const measureCommand: Command<MeasureArguments> = defineCommand({
  name: 'measure',
  usage: measureUsage,
  summary: `Measures a network that was trained elsewhere: margins, errors, alignment, KKT residual, norms and
ranks of its layers, effective degree.`,
  operands: {
    'MODEL.onnx': `a network with its weights, as PyTorch, Keras and JAX export it`,
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
  const { network, loaded, notes } = networkAndWeights(args, weights);
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
  const record = { weights: basename(weights), ...measured, notes };
  console.log(measureSummary(record));
  for (const note of notes) console.log(note);
  if (out === undefined) return 0;
  writeAtomically(out, jsonText(record));
  console.log(`Written to ${out}`);
  return 0;
}

/** What is measured: a model that describes itself, or weights for a network that has a name. */
function networkAndWeights(
  { network: name, map }: MeasureArguments,
  weights: string,
): { network: ImageNetwork; loaded: LoadedWeights; notes: readonly string[] } {
  if (name === undefined) {
    const { network, notes, ...loaded } = networkInOnnx(weights);
    return { network, loaded, notes };
  }
  const whole = networkNamed(name);
  const names = map === undefined ? {} : mapIn(map);
  const loaded = loadStateDict(whole, readNpz(weights), basename(weights), names);
  const two = whole.outputs === 2;
  return { network: two ? asOneScore(whole) : whole, loaded, notes: two ? [twoScores] : [] };
}

function mapIn(map: string) {
  const path = fromUsersFolder(map);
  return nameMapFrom(readJson(path, basename(path)), basename(path));
}
