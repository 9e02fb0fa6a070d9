import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { lookAt } from '../../../files/paths.js';
import type { Launch } from '../../../kernel/session-program.js';
import { projectRoot } from '../../../native/index.js';
import type { ProblemSet } from '../problem-set.js';

/** What one submission's processes may take. */
const MEGABYTE = 2 ** 20;
const HEAP_MEGABYTES = 1024;
const LIMITS = [
  // RLIMIT_AS would count what V8 reserves and does not use.
  `--data=${2048 * MEGABYTE}`,
  `--nproc=128`,
  `--fsize=${64 * MEGABYTE}`,
  '--nofile=512',
  '--core=0',
  '--cpu=120',
];
/** Bytes of memory of all processes of a submission. */
export const MEMORY = 3072 * MEGABYTE;
const TMP_BYTES = `${64 * MEGABYTE}`;
const SHM_BYTES = `${16 * MEGABYTE}`;

/** bubblewrap: that of the system, or the one named. */
const bubblewrap = (): string => process.env.AFTERFIT_BWRAP ?? 'bwrap';

/** A user that owns nothing, for root, whom the limit on processes does not bind. */
const NOBODY = '61234';

/** Files of a set that its cells may read: all that is no notebook, no solution and nothing about it. */
function ownFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/(\.ipynb|\.md)$|^set\.json$|^\./.test(entry.name))
    .map(({ name }) => name);
}

/** The system's folders, as links where they are links: programs and libraries, nothing of anybody's. */
function systemMounts(): string[] {
  const links = ['/bin', '/sbin', '/lib', '/lib64'].flatMap((path) => {
    if (!lookAt(path, lstatSync)) return [];
    const isLink = lstatSync(path).isSymbolicLink();
    return isLink ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
  });
  const node = process.execPath;
  const isHidden = !node.startsWith('/usr/') || node.startsWith('/usr/local/');
  return [
    ...['--ro-bind', '/usr', '/usr', '--tmpfs', '/usr/local', ...links],
    ...['--ro-bind-try', '/etc/ld.so.cache', '/etc/ld.so.cache'],
    ...['--ro-bind-try', '/etc/localtime', '/etc/localtime'],
    ...(isHidden ? ['--ro-bind', node, node] : []),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--size', SHM_BYTES, '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    ...['--size', TMP_BYTES, '--tmpfs', '/tmp'],
  ];
}

/** The kit: what is compiled, the packages, the data it comes with, and the library of its algebra. */
function kitMounts(): string[] {
  const shown = ['dist', 'node_modules', 'package.json', 'datasets', '.afterfit/cache/kernel'];
  const libraries = join(projectRoot, '.venv', 'lib');
  const algebra = (lookAt(libraries) ? readdirSync(libraries) : []).map((python) =>
    join('.venv', 'lib', python, 'site-packages', 'scipy_openblas32'),
  );
  return [...shown, ...algebra].flatMap((path) => {
    const whole = join(projectRoot, path);
    return ['--ro-bind-try', whole, whole];
  });
}

/**
 * How a session is started in a sandbox of bubblewrap: it sees the system's programs, the kit and the files of its set,
 * read only; has no network, no other processes and no rights; and writes into 64 MB that go with it. Resource limits
 * stand inside, where root's exemptions do not hold and other processes of the same user are not counted.
 */
export function sandboxed(set: Pick<ProblemSet, 'name' | 'folder'>): Launch {
  // Below the project, so that 'afterfit' is the real one; whatever the name of the source's own folder.
  const work = join(projectRoot, 'notebooks', 'course', set.name);
  const files = ownFiles(set.folder).flatMap((file) => [
    ...['--ro-bind', join(set.folder, file), join(work, file)],
  ]);
  const isRoot = process.getuid?.() === 0;
  const drop = ['setpriv', '--reuid', NOBODY, '--regid', NOBODY, '--clear-groups', '--no-new-privs', '--']; // prettier-ignore
  return {
    folder: '/',
    environment: {
      PATH: '/usr/bin:/bin',
      HOME: '/tmp',
      LANG: 'C.UTF-8',
      AFTERFIT_ROOT: projectRoot,
      AFTERFIT_KERNEL_HEAP: String(HEAP_MEGABYTES),
    },
    wrapper: [
      ...(isRoot ? drop : []),
      ...[bubblewrap(), '--unshare-all', '--unshare-user', '--disable-userns'],
      ...['--uid', '1000', '--gid', '1000', '--hostname', 'sandbox'],
      ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
      ...systemMounts(),
      ...kitMounts(),
      ...['--size', TMP_BYTES, '--tmpfs', work, ...files, '--chdir', work, '--remount-ro', '/'],
      // The first to go where memory runs out all the same.
      ...['--', 'choom', '-n', '1000', '--', 'prlimit', ...LIMITS, '--'],
    ],
  };
}

/** Why no session can run in the sandbox on this machine, in a sentence; undefined where one can. */
export function sandboxFault(set: Pick<ProblemSet, 'name' | 'folder'>): string | undefined {
  const { wrapper = [], folder, environment } = sandboxed(set);
  const kit = join(projectRoot, 'dist', 'index.js');
  const look = `require('node:fs').accessSync(${JSON.stringify(kit)})`;
  const [program, ...line] = [...wrapper, process.execPath, '-e', look];
  const { status, error, stderr } = spawnSync(program, line, { cwd: folder, env: environment, encoding: 'utf8', timeout: 20_000 }); // prettier-ignore
  if (status === 0) return undefined;
  const said = error?.message ?? stderr.trim().split('\n')[0];
  if (spawnSync(bubblewrap(), ['--version']).error) {
    return `Students’ code runs in a sandbox of bubblewrap alone, and ${bubblewrap()} is not there (Debian: apt-get install bubblewrap).`; // prettier-ignore
  }
  return `The sandbox does not work on this machine: ${said}. The project must lie where every user may read it, and user namespaces must be allowed.`; // prettier-ignore
}
