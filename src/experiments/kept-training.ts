import {
  folderStore,
  train,
  type Phase,
  type TrainingOptions,
  type TrainingProblem,
  type TrainingResult,
} from '../training/index.js';
import { sortedJson } from '../specs/index.js';
import { codeDigest } from './code-digest.js';
import { experimentHash } from './dataset-records.js';
import { removeOldForms, runFolder, withFolderLock } from './run-folders.js';
import { Interrupted, type RunContext } from './settings.js';

/** A training on so many images can be had again in minutes. */
const DISPENSABLE = 2000;

/** A training that lasts beyond the process. */
export interface KeptTraining {
  /** Begins the name of its folder. */
  readonly name: string;
  /** Everything that it depends on but network, phases, code, data and linear algebra, as plain data. */
  readonly key: unknown;
  readonly problem: TrainingProblem;
  readonly phases: readonly Phase[];
  readonly options: Pick<TrainingOptions, 'keep' | 'saveFactor' | 'onProgress'>;
  /** Called now and then while another process is at work on the same training. */
  readonly onWait: () => void;
}

/** The folder of a training: its name, and a hash of all that it depends on. */
async function keptFolder({ name, key, phases, problem }: KeptTraining): Promise<string> {
  const { train, test, theta0, network } = problem;
  const start = theta0 === undefined ? 'drawn' : 'given';
  const data = [await experimentHash(train), test ? await experimentHash(test) : ''];
  const described = sortedJson({ key, network: network.nodes, phases, start, data });
  return runFolder(name, { code: codeDigest(import.meta.url), described });
}

/** Trains, goes on where an earlier process was stopped, or reads what it left. */
export async function keptTraining(
  kept: KeptTraining,
  { signal }: RunContext,
): Promise<TrainingResult> {
  const { problem, phases, options, onWait } = kept;
  const folder = await keptFolder(kept);
  const work = () => {
    // Those of a full data set took hours, and stay until somebody takes them away.
    if (problem.train.examples <= DISPENSABLE) removeOldForms(folder);
    return train(problem, phases, { ...options, store: folderStore(folder), signal });
  };
  const result = await withFolderLock(folder, onWait, work, signal);
  if (result.status === 'interrupted') throw new Interrupted(result.message);
  return result;
}
