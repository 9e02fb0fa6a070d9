import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { lookAt } from '../../files/paths.js';
import { writeAtomically } from '../../files/write.js';
import { isStudentName } from './course-folder.js';
import { bytesOfStudent } from './grading/preflight.js';

/** Something that a student left, found in a folder of submissions. */
interface Found {
  readonly student: string;
  /** From the folder, with forward slashes. */
  readonly path: string;
  readonly time: Date;
  /** The account that the folder belongs to. */
  readonly owner: number;
  /** Whether it was put into an exchange, under a name that the student chose. */
  readonly isExchange: boolean;
}

/** What became of it, in a line. */
export interface Collected {
  readonly student: string;
  readonly said: string;
  readonly isRefused: boolean;
}

/**
 * Copies the last submission of each student into the course, from an exchange's inbound folder
 * (STUDENT+SET+TIME…/SET.ipynb), from folders of students (STUDENT/SET.ipynb), or from files that a learning platform
 * named after them (STUDENT.ipynb, STUDENT_….ipynb). Nothing is followed that is a link, and nothing read that is long.
 */
export function collectFrom(course: string, set: string, folder: string): Collected[] {
  const latest = new Map<string, Found>();
  const refused: Collected[] = [];
  for (const name of readdirSync(folder).sort()) {
    const found = foundAt(folder, name, set);
    // Before the latest is chosen: else whoever hands in under another's name keeps that one's work out.
    const fault = typeof found === 'string' ? found : found && strangerFault(found);
    if (fault !== undefined) refused.push({ student: name, said: fault, isRefused: true });
    else if (typeof found === 'object' && !((latest.get(found.student)?.time ?? 0) > found.time)) {
      latest.set(found.student, found);
    }
  }
  const names = new Set(latest.keys());
  const taken = [...latest.values()].map((found) => take(course, set, folder, found, names));
  return [...taken, ...refused].sort((a, b) => (a.student < b.student ? -1 : 1));
}

/** A submission of the set; a reason where it is none; undefined for what is about something else. */
function foundAt(folder: string, name: string, set: string): Found | string | undefined {
  const look = lookAt(join(folder, name), lstatSync);
  const [student, ofSet] = name.replace(/\.ipynb$/, '').split('+');
  const isExchange = ofSet !== undefined;
  if (!look || name.startsWith('.') || (isExchange && ofSet !== set)) return undefined;
  if (look.isSymbolicLink()) return 'it is a link';
  if (!look.isDirectory()) {
    if (!name.endsWith('.ipynb')) return undefined;
    const named = isExchange ? student : student.split('_')[0];
    return madeOf(named, name, look, look.mtime, isExchange);
  }
  const own = join(folder, name);
  const within = lookAt(join(own, set), lstatSync)?.isDirectory() ? `${name}/${set}` : name;
  const names = namesIn(join(folder, within));
  if (names === undefined) return 'it cannot be read';
  const notebooks = names.filter((file) => file.endsWith('.ipynb'));
  const file = notebooks.includes(`${set}.ipynb`) ? `${set}.ipynb` : notebooks[0];
  if (file === undefined) return `there is no ${set}.ipynb`;
  if (file !== `${set}.ipynb` && notebooks.length > 1) return `there are several notebooks, and no ${set}.ipynb`; // prettier-ignore
  const inside = lookAt(join(folder, within, file), lstatSync) ?? look;
  // A student may set the time of a change, and not this one.
  const time = isExchange ? inside.ctime : inside.mtime;
  return madeOf(student, `${within}/${file}`, look, time, isExchange);
}

/** What a folder holds; undefined where a student has closed it. */
function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}

function madeOf(
  student: string,
  path: string,
  { uid }: Stats,
  time: Date,
  isExchange: boolean,
): Found | string {
  if (!isStudentName(student)) return `'${student}' can be no student's name`;
  return { student, path, time, owner: uid, isExchange };
}

/** Why something in an exchange is not taken: somebody else put it there, who neither collects nor is root. */
function strangerFault({ student, owner, isExchange }: Found): string | undefined {
  if (!isExchange || owner === 0 || owner === process.getuid?.()) return undefined;
  const account = accountOf(owner);
  // An exchange that was copied from another machine has numbers without names here.
  if (account === student || (account === undefined && !process.env.AFTERFIT_PEOPLE))
    return undefined;
  return `it was handed in by ${account ?? `number ${owner}`}`;
}

function take(
  course: string,
  set: string,
  folder: string,
  { student, path, time, owner }: Found,
  students: ReadonlySet<string>,
): Collected {
  const said = (text: string, isRefused = false) => ({ student, said: text, isRefused });
  const account = accountOf(owner);
  if (account !== student && account !== undefined && students.has(account)) {
    return said(`it was handed in by ${account}`, true);
  }
  const bytes = bytesOfStudent(folder, path);
  const place = join(course, 'submitted', student, set);
  const file = join(place, `${set}.ipynb`);
  const stamp = `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  // What is refused is handed in all the same: it gets no points, and a line that says why.
  const content = 'refused' in bytes ? JSON.stringify({ refused: bytes.refused }) : bytes;
  const isSame = existsSync(file) && hash(readFileSync(file)) === hash(content);
  if (!isSame) {
    writeAtomically(file, content);
    writeAtomically(join(place, 'timestamp.txt'), `${stamp}\n`);
  }
  if ('refused' in bytes) return said(bytes.refused, true);
  return said(isSame ? 'nothing new' : `handed in ${stamp}`);
}

const hash = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

/** The name of a number: a class that is tried has a list of its own, others the machine's. */
function accountOf(uid: number): string | undefined {
  const list = process.env.AFTERFIT_PEOPLE;
  if (list) return (JSON.parse(readFileSync(list, 'utf8')) as Record<string, string>)[uid];
  const { status, stdout } = spawnSync('id', ['-nu', String(uid)], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
