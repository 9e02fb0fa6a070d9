import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Person } from './people.js';

/** As whom somebody's server runs, and where. */
export interface Account extends Person {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** Debian leaves 60000 to 64999 to packages, which take few of them; the last ones are free nearly everywhere. */
const FIRST_TRIAL_ID = 64_500;
const LAST_TRIAL_ID = 64_999;

/** Lines of the machine's list of accounts, wherever it has it from; those of `names`, or all. */
function passwd(names: readonly string[]): string[][] {
  const { stdout, error } = spawnSync('getent', ['passwd', ...names], { encoding: 'utf8' });
  if (error) throw new Error('The machine has no program getent, which tells its accounts.');
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.split(':')]));
}

/** The machine's own accounts of these people. Throws one sentence where some have none. */
export function machineAccounts(people: readonly Person[]): Account[] {
  const known = new Map(passwd(people.map(({ name }) => name)).map((line) => [line[0], line]));
  const missing = people.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(', ')}: no such account on this machine; expected one for everybody, made for example with useradd -m ${missing[0]}.`,
    );
  }
  return people.map((person) => {
    const [, , uid, gid, , home] = known.get(person.name)!;
    return { ...person, uid: Number(uid), gid: Number(gid), home };
  });
}

/**
 * Accounts for trying: numbers that the machine has no account for, and homes in a folder of the class. Without
 * root everybody runs under the number of whoever serves.
 */
export function trialAccounts(people: readonly Person[], homes: string): Account[] {
  const own = { uid: process.getuid!(), gid: process.getgid!() };
  const ids = own.uid === 0 ? freeIds(people.length) : people.map(() => own.uid);
  return people.map((person, k) => ({
    ...person,
    uid: ids[k],
    gid: own.uid === 0 ? ids[k] : own.gid,
    home: join(homes, person.name),
  }));
}

function freeIds(count: number): number[] {
  const taken = new Set(passwd([]).flatMap(([, , uid, gid]) => [Number(uid), Number(gid)]));
  const free: number[] = [];
  for (let id = FIRST_TRIAL_ID; id <= LAST_TRIAL_ID && free.length < count; id++) {
    if (!taken.has(id)) free.push(id);
  }
  if (free.length === count) return free;
  throw new Error(`There are ${count} people; a class that is only tried takes ${free.length}.`);
}
