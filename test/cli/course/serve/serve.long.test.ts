import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { findChromium, withChromium } from '../../../helpers/chromium.js';
import { projectRoot } from '../../../helpers/project-root.js';
import { writeNotebook } from '../../../kernel/notebooks-on-disk.js';
import { runAllCells } from '../../../notebooks/lab-page.js';
import { temporaryFolder } from '../../../notebooks/temporary-folder.js';
import { logIn, processesOf, startClass, type ClassServer } from './class-server.js';
import { fetchFeedback, fetchSet, handIn, inTerminal, openTerminal } from './set-in-browser.js';

const PATIENCE = 120_000;
const VIEWPORT = { width: 1300, height: 900 };

/** What the notebook in front has put out. */
const OUTPUT = '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output';

const browser = findChromium();
const isRoot = process.getuid?.() === 0;

const CLOSED = /is closed to others; expected .+\./;

/** What two students write in place of the demo set's first stub. */
const [RIGHT, WRONG] = ['dot / Math.hypot(...w)', 'dot'].map(
  (margin) => `function normalizedMargin(w: number[], X: number[][], y: number[]): number {
  return Math.min(...X.map((x, i) => { const dot = y[i] * x.reduce((s, v, j) => s + v * w[j], 0); return ${margin}; }));
}`,
);

/** Where there is no bubblewrap, what is tried here is the class server all the same. */
const SANDBOX = spawnSync('bwrap', ['--version']).error ? ' --without-sandbox' : '';

/** Tries, from a cell, what a student has no business with, and says how each attempt ends. */
const ATTEMPTS = `import { readdirSync, readFileSync } from 'node:fs';
function attempt(path: string): string {
  for (const read of [(at: string) => void readdirSync(at), (at: string) => void readFileSync(at)]) {
    try {
      read(path);
      return 'seen';
    } catch (error) {
      const { code } = error as { code: string };
      if (code !== 'EISDIR' && code !== 'ENOTDIR') return code;
    }
  }
  return 'nothing';
}
`;

describe('a class that is served, in a real browser', function () {
  this.timeout(900_000);
  const screenshots = join(projectRoot(), '.afterfit', 'screenshots');
  let state = '';
  let server: ClassServer | undefined;
  /** What is said where people could not reach the project, as below a home of root: nothing can be tried then. */
  let refusal = '';

  before(async () => {
    if (!browser || !isRoot) return;
    mkdirSync(screenshots, { recursive: true });
    state = temporaryFolder('class-');
    try {
      server = await startClass(state, ['--port', '0']);
    } catch (error) {
      refusal = String(error);
      if (!CLOSED.test(refusal)) throw error;
    }
  });
  after(async () => {
    await server?.stop();
    if (state) rmSync(state, { recursive: true, force: true });
  });

  const withPeople = (title: string, work: (server: ClassServer, page: Page) => Promise<void>) =>
    it(title, async function () {
      if (refusal) {
        this.test!.title = `is refused where the project is closed to others, as here, before ${title}`;
        expect(refusal).to.match(CLOSED);
        return;
      }
      if (!browser || !server) {
        const why = isRoot
          ? 'no Chromium on the path; AFTERFIT_CHROMIUM may name one'
          : 'people of a class have accounts of their own under root alone';
        this.test!.title += ` (skipped: ${why})`;
        return this.skip();
      }
      const running = server;
      await withChromium(browser, async (page) => {
        page.setDefaultTimeout(PATIENCE);
        await work(running, page);
      });
    });
  const photograph = (page: Page, name: string) =>
    page.screenshot({ path: join(screenshots, `class-${name}.png`) });

  withPeople(
    'a set goes out, is worked on, handed in, graded and given back',
    async (running, page) => {
      const all = page.context().browser()!;
      const [instructor, ...students] = [
        await pageOf(all, running, 'instructor'),
        await pageOf(all, running, 'student1'),
        await pageOf(all, running, 'student2'),
      ];
      const home = join(running.homes, 'instructor');
      await openTerminal(instructor);
      const sets = join(projectRoot(), 'test', 'cli', 'course', 'sets');
      await inTerminal(instructor, home, `course release --set demo --sets ${sets}`);
      for (const [k, own] of students.entries()) {
        await fetchSet(own, 'demo');
        await photograph(own, `student${k + 1}-fetched`);
        await handIn(own, 'demo', k === 0 ? RIGHT : WRONG);
        await photograph(own, `student${k + 1}-handed-in`);
      }
      await inTerminal(instructor, home, 'course collect --set demo');
      await inTerminal(instructor, home, `course grade --set demo${SANDBOX}`);
      const said = await inTerminal(instructor, home, 'course feedback --set demo');
      await photograph(instructor, 'instructor-graded');
      expect(said).to.contain('demo: given back to 2');
      for (const [k, own] of students.entries()) {
        const feedback = await fetchFeedback(own, join(running.homes, `student${k + 1}`), 'demo');
        await photograph(own, `student${k + 1}-feedback`);
        expect(feedback).to.contain('it does not change when w is scaled');
        expect(feedback.includes('Yes: it does not change when w is scaled')).to.equal(k === 0);
        expect(feedback).to.not.contain('typed arrays will do&#39;, ()');
      }
      await instructor.goto(
        `${running.address}/user/instructor/formgrader/manage_submissions/demo`,
      );
      await instructor.getByText('student2').first().waitFor();
      await photograph(instructor, 'instructor-formgrader');
      for (const own of [instructor, ...students]) await own.context().close();
    },
  );

  withPeople("a student is refused everything that is not the student's", async (running, page) => {
    const own = await pageOf(page.context().browser()!, running, 'student1');
    const statusOf = async (path: string) => (await own.goto(running.address + path))!.status();
    // The hub has no page of those who have not logged in yet.
    expect(await statusOf('/user/student2/lab')).to.be.oneOf([403, 404]);
    await photograph(own, 'student1-refused');
    expect(await statusOf('/user/instructor/formgrader')).to.be.oneOf([403, 404]);
    expect(await statusOf('/user/student1/formgrader')).to.equal(404);
    expect(await statusOf('/user/student1/formgrader/api/assignments')).to.equal(404);
    expect(await statusOf('/hub/admin')).to.equal(403);
    const closed = [
      join(running.homes, 'student2'),
      join(running.homes, 'instructor', 'course'),
      join(running.exchange, 'inbound'),
      join(running.exchange, 'feedback'),
      join(state, 'hub', 'class.json'),
      join(state, 'hub', 'jupyterhub.sqlite'),
      join(state, 'jupyter', 'instructor', 'nbgrader_config.json'),
      join(projectRoot(), '.git', 'HEAD'),
      join(projectRoot(), 'notebooks', 'course'),
      '/etc/shadow',
    ].filter((path) => existsSync(path));
    const home = join(running.homes, 'student1');
    const cells = [{ source: `${ATTEMPTS}${JSON.stringify(closed)}.map(attempt).join(' ')` }];
    const notebook = writeNotebook(home, 'attempts.ipynb', cells);
    const { uid, gid } = statSync(home);
    chownSync(notebook, uid, gid);
    await own.goto(`${running.address}/user/student1/lab/workspaces/attempts/tree/attempts.ipynb`);
    await runAllCells(own);
    const answer = await own.locator(OUTPUT).first().innerText();
    await photograph(own, 'student1-attempts');
    expect(answer.match(/[A-Za-z]+/g)).to.deep.equal(closed.map(() => 'EACCES'));
    await own.context().close();
  });

  it("ends with everybody's servers, and puts rights back", async function () {
    if (refusal) return;
    if (!server) return this.skip();
    const { id } = server;
    expect(processesOf(id)).to.not.be.empty;
    const sources = join(projectRoot(), 'notebooks', 'course');
    const closed = statSync(sources);
    expect(closed.mode & 0o007).to.equal(0);
    expect(await server.stop()).to.equal(0);
    server = undefined;
    expect(processesOf(id)).to.deep.equal([]);
    expect(statSync(sources).gid).to.not.equal(closed.gid);
  });
});

/** Somebody's own browser window, logged in. */
async function pageOf(all: Browser, server: ClassServer, name: string): Promise<Page> {
  const context = await all.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await logIn(page, server, name);
  return page;
}
