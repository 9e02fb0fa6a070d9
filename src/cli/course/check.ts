import { fromUsersFolder } from '../files.js';
import { checkSet } from './check/check-set.js';
import { readSet, setNames, SETS } from './problem-set.js';

/** `course check`: each submission in a line, and what is wrong with it below. */
export async function checkSets(asked: {
  readonly set: string | undefined;
  readonly sets: string | undefined;
}): Promise<number> {
  const folder = asked.sets === undefined ? SETS : fromUsersFolder(asked.sets);
  const names = asked.set === undefined ? setNames(folder) : [asked.set];
  if (names.length === 0) throw new Error(`${folder}: there is no problem set.`);
  let faulty = 0;
  for (const name of names) {
    const set = readSet(name, folder);
    await checkSet(set, ({ name: submission, earned, possible, faults }) => {
      console.log(`${name}  ${submission.padEnd(32)}  ${earned} of ${possible}`);
      for (const fault of faults) console.log(`    ${fault}`);
      faulty += Math.min(faults.length, 1);
    });
  }
  console.log(faulty === 0 ? 'All is as it should be.' : `${faulty} not as they should be.`);
  return faulty === 0 ? 0 : 1;
}
