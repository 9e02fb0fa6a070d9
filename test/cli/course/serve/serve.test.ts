import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  closeSources,
  requireClosedHomes,
  requireOpen,
} from '../../../../src/cli/course/serve/rights.js';
import { classFolder, makeFolders, writeSettings } from '../../../../src/cli/course/serve/state.js';
import { courseCommand } from '../../../../src/cli/course.js';
import { temporaryFolder } from '../../../notebooks/temporary-folder.js';

const rights = (path: string) => statSync(path).mode & 0o7777;
const uid = process.getuid!();
const gid = process.getgid!();

/** What is said where a class is not served; nothing of it is begun. */
async function refusalOf(...words: string[]): Promise<string> {
  try {
    await courseCommand.run(courseCommand.read(['serve', ...words])!);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a class server', () => {
  let folder = '';
  beforeEach(() => (folder = temporaryFolder('serve-')));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('says why it does not start', async () => {
    const file = join(folder, 'class.csv');
    writeFileSync(file, 'name,role\nno-such-teacher,instructor\nno-such-student,student\n');
    if (uid === 0) {
      expect(await refusalOf()).to.match(/^--users is not given; expected a CSV file/);
      expect(await refusalOf('--users', file)).to.equal(
        'no-such-teacher, no-such-student: no such account on this machine; expected one for everybody, made for example with useradd -m no-such-teacher.',
      );
    } else {
      expect(await refusalOf()).to.match(/^Only root can log people in/);
    }
    const missing = join(folder, 'missing.csv');
    expect(await refusalOf('--auth', 'dummy', '--users', missing)).to.equal(
      `--users: ${missing} cannot be read (ENOENT).`,
    );
    expect(() => courseCommand.read(['serve', '--auth', 'ldap'])).to.throw(
      "--auth is 'ldap'; expected one of pam, dummy.",
    );
  });

  it('says that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const state = join(folder, 'state');
    expect(await refusalOf('--auth', 'dummy', '--state', state, '--port', `${port}`)).to.equal(
      `Port ${port} is taken; expected a free one: --port N.`,
    );
    other.close();
  });

  it('lets nobody in who is not root, without --auth dummy', function () {
    if (uid !== 0) return this.skip();
    const code = 'process.setgid(64999); process.setuid(64999); await import(process.argv[1]);';
    const main = join(process.cwd(), 'dist', 'cli', 'main.js');
    const words = ['--input-type=module', '-e', code, main, 'course', 'serve'];
    const { stderr, status } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect(status).to.be.oneOf([1, 2]);
    expect(stderr).to.match(/Only root can log people in|EACCES/);
  });

  it('makes an exchange that students write to and do not read', () => {
    const at = classFolder(folder);
    const people = ['instructor', 'student'] as const;
    const accounts = people.map((role) => {
      return { name: role, role, uid, gid, home: join(at.homes, role) };
    });
    makeFolders(at, accounts, true);
    writeSettings(at, accounts[0], join(at.homes, 'instructor', 'course'));
    const modes = ['', 'outbound', 'inbound', 'feedback'].map((name) => {
      return rights(join(at.exchange, 'afterfit', name)).toString(8);
    });
    expect(modes).to.deep.equal(['755', '755', '1733', '711']);
    expect(rights(at.exchange)).to.equal(0o1777);
    expect(rights(at.hub)).to.equal(0o700);
    expect(rights(join(at.jupyter, 'instructor'))).to.equal(0o700);
    for (const { home } of accounts) expect(rights(home)).to.equal(0o700);
  });

  it('closes what holds the answers, and puts the rights back', () => {
    const sources = join(folder, 'notebooks', 'course');
    mkdirSync(sources, { recursive: true });
    chmodSync(sources, 0o755);
    const reopen = closeSources(folder, gid);
    expect(rights(sources)).to.equal(0o750);
    reopen();
    expect(rights(sources)).to.equal(0o755);
  });

  it('asks for homes of their owners alone, and for a project that everybody may read', () => {
    const home = join(folder, 'ada');
    mkdirSync(home, { mode: 0o755 });
    const account = { name: 'ada', role: 'student', uid, gid, home } as const;
    expect(() => requireClosedHomes([account])).to.throw(`chmod 700 ${home}`);
    chmodSync(home, 0o700);
    requireClosedHomes([account]);
    const inside = join(home, 'file');
    writeFileSync(inside, '');
    expect(() => requireOpen('The file', inside, 'move it')).to.throw(
      /^The file is .*file, and \S+ is closed to others; move it\.$/,
    );
  });
});
