import {
  folderStore,
  train,
  type Phase,
  type TrainingOptions,
  type TrainingProblem,
  type TrainingResult,
} from '../training/index.js';
import { alone, runFolder } from './run-folders.js';
import { Interrupted, type Settings } from './settings.js';

/** A training that lasts beyond the process. */
export interface KeptTraining {
  /** Names its folder, and has to name everything that the training depends on but the code. */
  readonly name: string;
  readonly problem: TrainingProblem;
  readonly phases: readonly Phase[];
  readonly options: Pick<TrainingOptions, 'keep' | 'saveFactor' | 'onProgress'>;
  /** Called now and then while another process is at work on the same training. */
  readonly onWait: () => void;
}

/** Trains, goes on where an earlier process was stopped, or reads what it left. */
export async function keptTraining(
  { name, problem, phases, options, onWait }: KeptTraining,
  { signal }: Settings,
): Promise<TrainingResult> {
  const folder = runFolder(name);
  const result = await alone(folder, onWait, () =>
    train(problem, phases, { ...options, store: folderStore(folder), signal }),
  );
  if (result.status === 'interrupted') throw new Interrupted(result.message);
  return result;
}
