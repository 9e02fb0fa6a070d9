/** One set-up at a time: a lock file with its holder's process id, kept fresh while it works. */
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stateFolder } from './environment.mjs';
import { writeWhole } from './files.mjs';

const lockFile = join(stateFolder, 'setup.lock');
const freshFor = 60_000;
let held = false;

/** @param {number} installer */
const ours = (installer) => JSON.stringify({ pid: process.pid, host: hostname(), installer });

/**
 * @param {string} text the lock file's content
 * @returns {{ pid: number, host: string, installer: number }}
 */
function parse(text) {
  try {
    const { pid, host, installer } = JSON.parse(text);
    return { pid: Number(pid), host: String(host), installer: Number(installer) };
  } catch {
    return { pid: 0, host: '', installer: 0 };
  }
}

/**
 * Whether a process has ended and only waits to be collected, which some containers never do.
 * @param {number} pid
 */
function isZombie(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The state follows the program's name, which stands in brackets and may hold any character.
    return stat[stat.lastIndexOf(')') + 2] === 'Z';
  } catch {
    return false;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Whether the holder is gone: neither its process nor the installer it started is there, or it
 * has not touched the lock for a minute (its process id may by now be another program's).
 * @param {string} text
 */
function isStale(text) {
  const age = Date.now() - statSync(lockFile).mtimeMs;
  if (age > freshFor) return true;
  const { pid, host, installer } = parse(text);
  // An empty file is a lock being written just now.
  if (pid === 0) return age > 2_000;
  return host === hostname() && !isAlive(pid) && !isAlive(installer);
}

/** @param {string} text the content judged stale; a lock that changed since is put back. */
function removeStale(text) {
  const aside = `${lockFile}.${process.pid}.stale`;
  renameSync(lockFile, aside);
  if (readFileSync(aside, 'utf8') !== text) linkSync(aside, lockFile);
  rmSync(aside, { force: true });
}

/** @returns {string | null} null once the lock is ours, otherwise the holder's lock text */
function tryTake() {
  try {
    writeFileSync(lockFile, ours(0), { flag: 'wx' });
    held = true;
    return null;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  try {
    const text = readFileSync(lockFile, 'utf8');
    if (isStale(text)) removeStale(text);
    return text;
  } catch {
    // The holder released it, or another waiter removed it, between two of our looks.
    return '';
  }
}

/** Removes the lock if it is ours. */
function release() {
  held = false;
  try {
    if (parse(readFileSync(lockFile, 'utf8')).pid === process.pid)
      rmSync(lockFile, { force: true });
  } catch {
    // Already gone.
  }
}

/**
 * Notes the running installer in the lock: should this process be killed outright, the next
 * set-up waits until the installer it left behind has ended too.
 * @param {number} pid 0 for none
 */
export function noteInstaller(pid) {
  if (!held) return;
  writeWhole(lockFile, ours(pid));
}

/**
 * Waits for the lock, takes it, and gives back the function that releases it.
 * @param {(pid: number) => void} onWait called once when another set-up holds the lock
 */
export async function takeLock(onWait) {
  mkdirSync(stateFolder, { recursive: true });
  let told = false;
  for (let holder = tryTake(); holder !== null; holder = tryTake()) {
    const { pid, installer } = parse(holder);
    const alive = [pid, installer].find(isAlive);
    if (!told && alive !== undefined) {
      onWait(alive);
      told = true;
    }
    await sleep(150);
  }
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(lockFile, now, now);
    } catch {
      // Someone removed the folder; the next step will say so.
    }
  }, 5_000);
  beat.unref();
  process.once('exit', release);
  return () => {
    clearInterval(beat);
    release();
    process.off('exit', release);
  };
}
