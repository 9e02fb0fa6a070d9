import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { writeAtomically } from '../../../files/write.js';
import type { Account } from './accounts.js';
import type { Person } from './people.js';

/** nbgrader's name for the course. */
const COURSE = 'afterfit';

/** The folder of a class, and what lies in it. */
export interface ClassFolder {
  readonly top: string;
  /** The hub's own: its database, its log, its secrets. For whoever serves alone. */
  readonly hub: string;
  /** Where sets are handed out, handed in and given back. */
  readonly exchange: string;
  /** Homes of people who have no account on the machine. */
  readonly homes: string;
  /** What Jupyter is told, by role. */
  readonly jupyter: string;
  /** Programs of the instructor's terminal. */
  readonly bin: string;
}

export function classFolder(top: string): ClassFolder {
  const at = (name: string) => join(top, name);
  return {
    top,
    hub: at('hub'),
    exchange: at('exchange'),
    homes: at('homes'),
    jupyter: at('jupyter'),
    bin: at('bin'),
  };
}

/** Where the course's part of the exchange lies. */
export function exchangeOf(at: ClassFolder): string {
  return join(at.exchange, COURSE);
}

/** A folder with these rights, and this owner where whoever serves may give it away. */
function folder(path: string, mode: number, owner?: Account): void {
  mkdirSync(path, { recursive: true });
  if (owner && process.getuid!() === 0) chownSync(path, owner.uid, owner.gid);
  chmodSync(path, mode);
}

/** Makes all folders of a class; who may enter which is said here. */
export function makeFolders(at: ClassFolder, accounts: readonly Account[], trial: boolean): void {
  const instructor = accounts.find(({ role }) => role === 'instructor')!;
  folder(at.top, 0o755);
  folder(at.hub, 0o700);
  folder(at.bin, 0o755);
  folder(at.jupyter, 0o755);
  // nbgrader asks that everybody may write here; the sticky bit keeps them from what others have put in.
  folder(at.exchange, 0o1777);
  const course = exchangeOf(at);
  folder(course, 0o755, instructor);
  folder(join(course, 'outbound'), 0o755, instructor);
  // Students put in and see nothing; feedback is found by those who know its name.
  folder(join(course, 'inbound'), 0o1733, instructor);
  folder(join(course, 'feedback'), 0o711, instructor);
  if (!trial) return;
  folder(at.homes, 0o755);
  for (const account of accounts) folder(account.home, 0o700, account);
}

/** nbgrader's extensions that a role does not have: on the page, and in the server behind it. */
const WITHHELD = {
  student: {
    page: ['formgrader', 'course-list', 'create-assignment'],
    server: ['formgrader', 'course_list'],
  },
  instructor: { page: ['course-list'], server: ['course_list'] },
} as const;

/** Asks at every first visit whether Jupyter may tell its news. */
const NEWS = '@jupyterlab/apputils-extension:announcements';
/** What a class does without: it looks for programs of other languages for every person. */
const IDLE = 'jupyter_lsp';

/** Every name with the same value. */
function all(names: readonly string[], value: boolean): Record<string, boolean> {
  return Object.fromEntries(names.map((name) => [name, value] as const));
}

/** Writes what Jupyter is told: which extensions a role has, which kernels, and where the course lies. */
export function writeSettings(at: ClassFolder, instructor: Account, courseFolder: string): void {
  for (const role of ['student', 'instructor'] as const) {
    const isInstructor = role === 'instructor';
    const top = join(at.jupyter, role);
    folder(top, isInstructor ? 0o700 : 0o755, isInstructor ? instructor : undefined);
    const page = WITHHELD[role].page.map((name) => `@jupyter/nbgrader:${name}`);
    const server = WITHHELD[role].server.map((name) => `nbgrader.server_extensions.${name}`);
    write(join(top, 'labconfig', 'page_config.json'), {
      disabledExtensions: all([...page, NEWS], true),
    });
    write(join(top, 'jupyter_server_config.d', 'afterfit.json'), {
      ServerApp: { jpserver_extensions: all([...server, IDLE], false) },
    });
    write(join(top, 'jupyter_server_config.json'), {
      // A shell that is no login shell keeps the path it is given.
      ServerApp: { terminado_settings: { shell_command: ['/bin/bash'] } },
      LabApp: {
        check_for_updates_class: 'jupyterlab.NeverCheckForUpdate',
        extension_manager: 'readonly',
      },
      MultiKernelManager: { default_kernel_name: 'tslab' },
      KernelSpecManager: { allowed_kernelspecs: ['tslab'], ensure_native_kernel: false },
      ContentsManager: { hide_globs: ['__pycache__', 'node_modules'] },
    });
    write(join(top, 'nbgrader_config.json'), {
      CourseDirectory: { course_id: COURSE, ...(isInstructor ? { root: courseFolder } : {}) },
      Exchange: { root: at.exchange },
    });
  }
}

function write(file: string, content: unknown): void {
  writeAtomically(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** Writes who has which number, for whoever collects. */
export function writePeople(at: ClassFolder, accounts: readonly Account[]): void {
  const names = Object.fromEntries(accounts.map(({ uid, name }) => [uid, name]));
  write(join(at.jupyter, 'instructor', 'people.json'), names);
}

/** Writes the program `course` of the instructor's terminal: the command, on the course of this class. */
export function writeCourseProgram(at: ClassFolder, project: string): void {
  const main = join(project, 'dist', 'cli', 'main.js');
  const file = join(at.bin, 'course');
  writeAtomically(file, `#!/bin/sh\nexec '${process.execPath}' '${main}' course "$@"\n`);
  chmodSync(file, 0o755);
}

/** One password for each role of a class that is only tried, the same at every start. */
export function trialPasswords(at: ClassFolder): Record<Person['role'], string> {
  const file = join(at.hub, 'passwords.json');
  if (existsSync(file)) {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<Person['role'], string>;
  }
  const fresh = () => randomBytes(12).toString('base64url');
  const passwords = { instructor: fresh(), student: fresh() };
  write(file, passwords);
  chmodSync(file, 0o600);
  return passwords;
}
