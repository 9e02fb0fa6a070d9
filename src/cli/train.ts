import { dirname, join } from 'node:path';
import { npzOf } from '../datasets/index.js';
import { withFolderLock } from '../experiments/run-folders.js';
import { folderStore, train, weightArrays } from '../training/index.js';
import { writeAtomically } from '../files/write.js';
import { defineCommand, type Command } from './command.js';
import { fromUsersFolder, requireWritable } from './files.js';
import { jsonText } from './json-text.js';
import { liveLine } from './live-line.js';
import { nativeAlgebraAloud } from './native-algebra.js';
import { stopSignal } from './stop-signal.js';
import {
  trainArguments,
  trainOptions,
  trainUsage,
  type TrainArguments,
} from './train/arguments.js';
import { readConfig } from './train/config-file.js';
import { problemOf } from './train/problem.js';
import { progressText, rowsCsv } from './train/report.js';

export const trainCommand: Command<TrainArguments> = defineCommand({
  name: 'train',
  usage: trainUsage,
  summary: `Trains an image network until long after it has fitted its data. Interrupted or killed, the same command
goes on from the last saved state, to the same bytes at the end.`,
  options: trainOptions,
  notes:
    'CONFIG.json may say all this and more, such as the phases of the training; flags go before it.',
  exits: {
    0: 'when the training reached its end',
    1: 'when it ended before',
    2: 'when the input is wrong',
    130: 'after Ctrl-C or SIGTERM (the state is saved)',
  },
  ask: trainArguments,
  run: trainAsAsked,
});

async function trainAsAsked(args: TrainArguments): Promise<number> {
  const path = args.config && fromUsersFolder(args.config);
  const config = readConfig(path, args.flags);
  const folder = fromUsersFolder(args.out);
  requireWritable(folder);
  nativeAlgebraAloud();
  const problem = await problemOf(
    config,
    path === undefined ? fromUsersFolder('.') : dirname(path),
  );
  const { phases } = problem;
  const signal = stopSignal();
  const line = liveLine(process.stderr);
  const waiting = () => line.update('another training is at work in this folder; waiting for it');
  const work = () =>
    train(problem, phases, {
      store: folderStore(folder),
      saveFactor: config.saveFactor,
      keep: config.keep,
      signal,
      onProgress: (progress) => line.update(progressText(progress)),
    });
  const result = await withFolderLock(folder, waiting, work, signal).finally(() => line.end());
  const { network } = problem;
  writeAtomically(
    join(folder, 'config.json'),
    jsonText({ ...config, untilAlpha: undefined, phases }),
  );
  writeAtomically(join(folder, 'rows.csv'), rowsCsv(result.rows, network));
  writeAtomically(join(folder, 'weights.npz'), npzOf(weightArrays(network, result.theta)));
  console.log(`${result.message}\nWritten to ${folder}`);
  if (result.status === 'interrupted') return 130;
  return result.status === 'finished' ? 0 : 1;
}
