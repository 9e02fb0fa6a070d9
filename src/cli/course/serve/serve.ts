import { randomUUID } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { codeOf } from '../../../files/errors.js';
import { lockFolderNow } from '../../../files/folder-lock.js';
import { writeAtomically } from '../../../files/write.js';
import { projectRoot } from '../../../native/index.js';
import { counted } from '../../../text/numbers.js';
import { fromUsersFolder, requireWritable } from '../../files.js';
import { ownPython } from '../../own-venv.js';
import { stopSignal } from '../../stop-signal.js';
import { machineAccounts, trialAccounts, type Account } from './accounts.js';
import { freePort, runHub } from './hub.js';
import { endLeftovers } from './leftovers.js';
import type { ServeValues } from './options.js';
import { peopleIn, TRIAL_PEOPLE, type Person } from './people.js';
import { closeSources, requireClosedHomes, requireOpen } from './rights.js';
import {
  classFolder,
  exchangeOf,
  makeFolders,
  trialPasswords,
  writeCourseProgram,
  writePeople,
  writeSettings,
  type ClassFolder,
} from './state.js';

/** Where things of the class server lie in the project. */
const CONFIG = join(projectRoot, 'src', 'setup', 'course', 'class', 'jupyterhub_config.py');
const PROXY = join(
  projectRoot,
  '.afterfit/course-proxy/node_modules/configurable-http-proxy/bin/configurable-http-proxy',
);

/** Serves a class until Ctrl-C. Every reason why it cannot is thrown as one sentence. */
export async function serveClass(asked: ServeValues): Promise<number> {
  const isTrial = asked.auth === 'dummy';
  if (!isTrial && !isRoot()) {
    throw new Error(
      'Only root can log people in with their accounts; expected a call as root, or --auth dummy for trying.',
    );
  }
  const people = peopleAsked(asked);
  const at = classFolder(fromUsersFolder(asked.state));
  const accounts = isTrial ? trialAccounts(people, at.homes) : machineAccounts(people);
  if (!isTrial) requireClosedHomes(accounts);
  const ports = await portsFor(asked.port);
  requireWritable(at.top, '--state');
  const python = await ownPython(projectRoot, 'class')();
  if (isRoot()) requireReach(python, at);
  const release = lockFolderNow(at.top);
  if (release === undefined) {
    throw new Error(`${at.top}: another class is served from there; expected another --state.`);
  }
  try {
    await served({ at, accounts, isTrial, python }, ports);
  } finally {
    release();
  }
  console.log("The class server has ended, and everybody's servers with it.");
  return 0;
}

interface Class {
  readonly at: ClassFolder;
  readonly accounts: readonly Account[];
  readonly isTrial: boolean;
  readonly python: string;
}

interface Ports {
  readonly public: number;
  readonly hub: number;
  readonly proxy: number;
}

async function served(one: Class, ports: Ports): Promise<void> {
  const { at, accounts, isTrial, python } = one;
  const stop = stopSignal();
  const instructor = instructorOf(accounts);
  // Where the command looks from the instructor's home too.
  const courseFolder = join(instructor.home, 'course');
  makeFolders(at, accounts, isTrial);
  writeSettings(at, instructor, courseFolder);
  // Where all run as one, numbers say nothing.
  if (isRoot()) writePeople(at, accounts);
  writeCourseProgram(at, projectRoot);
  const passwords = isTrial ? trialPasswords(at) : undefined;
  const id = randomUUID();
  const auth = isTrial ? 'dummy' : 'pam';
  const decided = {
    ...{ id, auth, people: accounts, passwords, ports, course: courseFolder },
    ...{ project: projectRoot, node: process.execPath, proxy: PROXY },
    ...{ hub: at.hub, jupyter: at.jupyter, bin: at.bin },
    exchange: exchangeOf(at),
  };
  const file = join(at.hub, 'class.json');
  writePrivately(file, decided);
  const reopen = isRoot() ? closeSources(projectRoot, instructor.gid) : () => undefined;
  const log = join(at.hub, 'hub.log');
  const env = hubEnvironment(file);
  try {
    const start = { python, config: CONFIG, env, folder: at.hub, log, port: ports.public };
    await runHub(start, stop, () => console.log(welcome(one, ports.public, passwords)));
  } finally {
    const own = isTrial && isRoot() ? accounts.map(({ uid }) => uid) : [];
    await endLeftovers(id, new Set(own));
    reopen();
  }
}

/** What the hub is told of this process's environment: no variables that were meant for notebooks here. */
function hubEnvironment(file: string): NodeJS.ProcessEnv {
  const { PATH, LANG, LC_ALL, TZ } = process.env;
  return { PATH, LANG, LC_ALL, TZ, AFTERFIT_CLASS: file };
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function instructorOf(accounts: readonly Account[]): Account {
  return accounts.find(({ role }) => role === 'instructor')!;
}

function peopleAsked({ auth, users }: ServeValues): readonly Person[] {
  if (users === undefined) {
    if (auth === 'dummy') return TRIAL_PEOPLE;
    throw new Error(
      '--users is not given; expected a CSV file with the columns name and role, which says who may log in.',
    );
  }
  const file = fromUsersFolder(users);
  try {
    return peopleIn(readFileSync(file, 'utf8'), basename(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new Error(`--users: ${file} cannot be read (${codeOf(error)}).`, { cause: error });
  }
}

/** Throws one sentence where the people of a class could not reach what their servers are made of. */
function requireReach(python: string, at: ClassFolder): void {
  const elsewhere = 'expected the project where everybody may read it, such as below /srv';
  const parts = ['dist/kernel/main.js', 'node_modules/tslab/package.json', '.venv/share/jupyter'];
  for (const part of parts) requireOpen('What servers start', join(projectRoot, part), elsewhere);
  requireOpen('The Node of this call', process.execPath, 'expected one that everybody may start');
  requireOpen(
    'The Python of .afterfit/course-venv',
    python,
    'expected one that everybody may start, as AFTERFIT_PYTHON=/usr/bin/python3',
  );
  chmodSync(at.top, 0o755);
  requireOpen('--state', at.top, 'expected a folder that everybody may enter');
}

async function portsFor(wanted: number): Promise<Ports> {
  const found = await freePort(wanted);
  if (found === undefined) {
    throw new Error(`Port ${wanted} is taken; expected a free one: --port N.`);
  }
  const [hub, proxy] = [await freePort(), await freePort()];
  return { public: found, hub: hub!, proxy: proxy! };
}

function writePrivately(file: string, content: unknown): void {
  writeAtomically(file, `${JSON.stringify(content, null, 2)}\n`);
  chmodSync(file, 0o600);
}

/** What is said when people can log in. */
function welcome(
  { at, accounts }: Class,
  port: number,
  passwords: Record<Person['role'], string> | undefined,
): string {
  const students = accounts.filter(({ role }) => role === 'student');
  const lines = [
    `The class is at http://127.0.0.1:${port}, for ${instructorOf(accounts).name} and ${counted(students.length, 'student')}; Ctrl-C ends it.`,
  ];
  if (passwords) {
    const names = students.map(({ name }) => name).join(', ');
    lines.push(
      `For trying, ${instructorOf(accounts).name}'s password is ${passwords.instructor}, that of ${names} is ${passwords.student}.`,
    );
  }
  if (!isRoot()) {
    lines.push(
      'Without root all servers run as you: nothing keeps one person from the files of another.',
    );
  }
  return [...lines, `What is kept lies in ${at.top}.`].join('\n');
}
