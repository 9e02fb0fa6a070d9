import { existsSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { readNpz } from '../datasets/index.js';
import { writeAtomically } from '../files/write.js';
import { fromUsersFolder, requireWritable, sentenceOf } from './files.js';
import { readJson } from './json-file.js';
import { jsonText } from './json-text.js';
import { liveLine } from './live-line.js';
import { channelUnits, measureArguments, measureHelp } from './measure/arguments.js';
import { dataNamed } from './measure/data-named.js';
import { measureNetwork } from './measure/measure.js';
import { nameMapFrom } from './measure/name-map.js';
import { networkNamed } from './measure/network-named.js';
import { loadStateDict } from './measure/state-dict.js';
import { measureSummary } from './measure/summary.js';
import { nativeAlgebraAloud } from './native-algebra.js';

/**
 * `npm run measure`: measures a network that was trained elsewhere. Exit status 0 when everything was
 * measured, 2 when the input is wrong (nothing is written).
 */
function main(): void {
  const args = measureArguments(process.argv.slice(2));
  if (!args) return console.log(measureHelp);
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
  if (out === undefined) return;
  writeAtomically(out, jsonText(record));
  console.log(`Written to ${out}`);
}

function mapIn(map: string) {
  const path = fromUsersFolder(map);
  return nameMapFrom(readJson(path, basename(path)), basename(path));
}

try {
  main();
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 2;
}
