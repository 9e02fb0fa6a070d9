import {
  folderStore,
  train,
  type Phase,
  type TrainingOptions,
  type TrainingProblem,
  type TrainingResult,
} from '../training/index.js';
import { codeDigest } from './code-digest.js';
import { alone, removeOldForms, runFolder } from './run-folders.js';
import { Interrupted, type Settings } from './settings.js';

/** A training on so many images can be had again in minutes. */
const DISPENSABLE = 2000;

/** A training that lasts beyond the process. */
export interface KeptTraining {
  /** Names its folder, and has to name everything that the training depends on but code, data and linear algebra. */
  readonly name: string;
  /** URL of the module that plans it. */
  readonly plannedBy: string;
  readonly problem: TrainingProblem;
  readonly phases: readonly Phase[];
  readonly options: Pick<TrainingOptions, 'keep' | 'saveFactor' | 'onProgress'>;
  /** Called now and then while another process is at work on the same training. */
  readonly onWait: () => void;
}

/** The folder of a training: its name, the module that plans it, its data. */
export function keptFolder(name: string, plannedBy: string, data: string): string {
  return runFolder(name, { code: codeDigest(plannedBy, import.meta.url), data });
}

/** Trains, goes on where an earlier process was stopped, or reads what it left. */
export async function keptTraining(
  { name, plannedBy, problem, phases, options, onWait }: KeptTraining,
  { signal }: Settings,
): Promise<TrainingResult> {
  const folder = keptFolder(name, plannedBy, problem.train.name);
  const work = () => {
    // Those of a full data set took hours, and stay until somebody takes them away.
    if (problem.train.examples <= DISPENSABLE) removeOldForms(folder);
    return train(problem, phases, { ...options, store: folderStore(folder), signal });
  };
  const result = await alone(folder, onWait, work, signal);
  if (result.status === 'interrupted') throw new Interrupted(result.message);
  return result;
}
