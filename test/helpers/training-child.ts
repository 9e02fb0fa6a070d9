import { folderStore, train } from '../../src/training/index.js';
import { threePhases, threeClassTraining } from './small-trainings.js';

/** A program that trains into the folder given, saving whenever it can, and says `ended`. */
await train(threeClassTraining(), threePhases, {
  store: folderStore(process.argv[2]),
  checkpointSeconds: 0,
});
console.log('ended');
