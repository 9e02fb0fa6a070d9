import { trainingOf } from '../../specs/build-training.js';
import type { BuiltTraining } from '../../specs/built.js';
import { nodeReaders } from '../../specs/node/readers.js';
import type { TrainingEntry } from '../../specs/training.js';
import type { TrainingProblem } from '../../training/index.js';
import { chooseEngine } from './choose-engine.js';

/** A training with the engine that does its arithmetic. */
export type Training = TrainingProblem & Pick<BuiltTraining, 'phases'>;

/** Loads the data and binds the network to them; files of data are those of `folder`. */
export async function problemOf(config: TrainingEntry, folder = '.'): Promise<Training> {
  const built = trainingOf(config, nodeReaders(folder));
  return { ...built, engineFor: await chooseEngine(config.engine, built.network) };
}
