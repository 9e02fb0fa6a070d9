import { expect } from 'chai';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sandboxFault } from '../../../src/cli/course/grading/sandbox.js';
import { readNotebook } from '../../../src/cli/course/notebook.js';
import { projectRoot } from '../../helpers/project-root.js';
import { findChromium, withChromium } from '../../helpers/chromium.js';
import { DEMO_SETS, demoSet } from './demo-set.js';
import { emptyCourse, handIn, notebookText, RIGHT, wrongWith } from './submissions.js';

const program = join(projectRoot(), 'dist', 'cli', 'main.js');
/** Without bubblewrap nothing hostile is here: the same work, done bare. */
const bare = sandboxFault(demoSet()) === undefined ? [] : ['--without-sandbox'];

const SCRIPT = '<img src=x onerror="window.struck = 1"><script>window.struck = 1</script>';
/** What a student's code makes, and what it makes it of. */
const SECRET = 'a-word-that-is-kept';
const MAKES = "['a-word', 'is-kept'].join('-that-')";

describe('a course with nbgrader', function () {
  this.timeout(600_000);
  const course = emptyCourse();
  const args = (action: string, ...rest: string[]) => [program, 'course', action, '--course', course, ...rest]; // prettier-ignore
  const run = (action: string, ...rest: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args(action, ...rest), { encoding: 'utf8' }); // prettier-ignore
    return { status, stdout, stderr };
  };
  const grade = () => run('grade', ...bare);
  const csv = () => {
    expect(run('export').status).to.equal(0);
    return readFileSync(join(course, 'exports', 'grades.csv'), 'utf8');
  };
  const scoreOf = (table: string, student: string) =>
    Number(
      table
        .split('\n')
        .find((line) => line.includes(`,${student},`))
        ?.split(',')[9],
    );

  before(function () {
    const { status, stderr } = run('release', '--sets', DEMO_SETS);
    expect(status, stderr).to.equal(0);
  });

  it('releases what the check calls the release, and does not do it again', () => {
    const file = join(course, 'release', 'demo', 'demo.ipynb');
    const texts = readNotebook(file).cells.map(({ source }) => source);
    expect(texts).to.deep.equal(demoSet().released.cells.map(({ source }) => source));
    expect(readdirSync(join(course, 'release', 'demo')), 'no known answers').to.deep.equal([
      'demo.ipynb',
    ]);
    expect(run('release', '--sets', DEMO_SETS).stdout).to.include('released as it is');
  });

  it('refuses to grade without bubblewrap', function () {
    const { status, stderr } = spawnSync(process.execPath, args('grade'), {
      encoding: 'utf8',
      env: { ...process.env, AFTERFIT_BWRAP: '/no/bwrap' },
    });
    expect(status, stderr).to.equal(2);
    expect(stderr).to.match(
      /^Students’ code runs in a sandbox of bubblewrap alone, and \/no\/bwrap is not there/,
    );
  });

  it('goes on where it was killed, to the same bytes', async () => {
    const half = { ...RIGHT, f1: wrongWith().f1 };
    const print = `console.log(${JSON.stringify(SCRIPT)});`;
    const tell = `console.log(${MAKES}, JSON.stringify([...arguments])); (globalThis as any).kept = [...arguments]; throw new Error(${MAKES} + JSON.stringify([...arguments]));`;
    handIn(course, 'ada', notebookText(RIGHT));
    handIn(course, 'bob', notebookText(half));
    handIn(course, 'cleo', '{"cells": [');
    handIn(course, 'dan', notebookText({ ...RIGHT, words: `${SCRIPT} [a](javascript:alert(1)) $\\href{javascript:window.struck=1}{x}$` }, [print, `({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': ${JSON.stringify(SCRIPT)}, 'text/plain': ${JSON.stringify(SCRIPT)} }) })`])); // prettier-ignore
    handIn(course, 'eve', notebookText(wrongWith(tell), ["console.log((globalThis as any).kept ?? 'nothing kept');"])); // prettier-ignore
    for (let k = 0; k < 2; k++) {
      const child = spawn(process.execPath, args('grade', ...bare), { stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('close', resolve));
      await Promise.race([sleep(4000 + 4000 * Math.random()), ended]);
      child.kill('SIGKILL');
      await ended;
    }
    const { status, stderr } = grade();
    expect(status, stderr).to.equal(0);
    const first = csv();
    expect(['ada', 'bob', 'cleo', 'dan', 'eve'].map((student) => scoreOf(first, student))).to.deep.equal([9, 5, 0, 9, 0]); // prettier-ignore
    expect(grade().stdout).to.match(/5 handed in, 0 graded now/);
    // Once more from the beginning, without an interruption.
    writeFileSync(join(course, 'journal', 'demo.jsonl'), '');
    expect(grade().stdout).to.match(/5 handed in, 5 graded now/);
    expect(csv()).to.equal(first);
    const report = readFileSync(join(course, 'reports', 'demo.txt'), 'utf8')
      .trim()
      .split('\n');
    expect(report).to.have.length(5 + bare.length);
  });

  it('leaves no older points where a later submission is refused', () => {
    handIn(course, 'ada', 'nothing');
    expect(grade().status).to.equal(0);
    expect(scoreOf(csv(), 'ada')).to.equal(0);
    handIn(course, 'ada', notebookText(RIGHT));
    expect(grade().status).to.equal(0);
    expect(scoreOf(csv(), 'ada')).to.equal(9);
  });

  it('writes grades as other systems import them', () => {
    const canvas = readFileSync(join(course, 'exports', 'canvas.csv'), 'utf8').split('\n');
    expect(canvas.slice(0, 3)).to.deep.equal([
      'Student,ID,SIS User ID,SIS Login ID,Section,demo',
      '    Points Possible,,,,,12',
      'ada,,,ada,,9',
    ]);
    const moodle = readFileSync(join(course, 'exports', 'moodle.csv'), 'utf8').split('\n');
    expect(moodle.slice(0, 2)).to.deep.equal(['username,email,demo', 'ada,,9']);
    const results = join(course, 'exports', 'gradescope', 'demo', 'bob', 'results.json');
    const { score, tests } = JSON.parse(readFileSync(results, 'utf8')) as {
      score: number;
      tests: { name: string; score: number; max_score: number; output: string }[];
    };
    expect(score).to.equal(5);
    expect(tests.map((test) => [test.name, test.score, test.max_score])).to.have.deep.members([
      ['t1', 0, 4],
      ['t2', 5, 5],
      ['words', 0, 3],
    ]);
    expect(tests.find(({ name }) => name === 't1')!.output).to.match(
      /^Not yet: it does not change/,
    );
  });

  it('gives feedback without a hidden test, or what a student threw, printed or kept', () => {
    const { status, stderr } = run('feedback');
    expect(status, stderr).to.equal(0);
    const hidden = demoSet()
      .source.cells.flatMap(({ source }) => source.split('\n'))
      .filter((line) => !demoSet().released.cells.some(({ source }) => source.includes(line)))
      .filter((line) => !/SOLUTION|Math\.(hypot|min)|logSumExp|growing the norm/.test(line));
    expect(hidden.length).to.be.above(5);
    for (const student of readdirSync(join(course, 'feedback'))) {
      const page = readFileSync(join(course, 'feedback', student, 'demo', 'demo.html'), 'utf8');
      const text = page.replace(/<style[^]*?<\/style>|<[^>]*>/g, '').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&#39;', "'"); // prettier-ignore
      for (const line of hidden) expect(text, student).not.to.include(line);
      expect(text).not.to.match(/2\.75|1e6|1000, ?1001/);
      if (student !== 'eve') continue;
      expect(text).to.include('Not yet: a mistake has a negative margin (0 of 1 point)');
      expect(text).not.to.include(SECRET);
    }
  });

  it('shows nothing that a browser carries out', async function () {
    const browser = findChromium();
    if (browser === undefined) return this.skip();
    await withChromium(browser, async (page) => {
      await page.goto(`file://${join(course, 'feedback', 'dan', 'demo', 'demo.html')}`);
      await sleep(1000);
      expect(await page.evaluate('window.struck')).to.equal(undefined);
      const links =
        "[...document.querySelectorAll('a')].some((a) => a.href.startsWith('javascript:'))";
      expect(await page.evaluate(links)).to.equal(false);
    });
    const { cells } = readNotebook(join(course, 'autograded', 'dan', 'demo', 'demo.ipynb'));
    expect(cells.at(-1)!.source).not.to.match(/<script|<img|javascript:|\\href/);
    expect(JSON.stringify(cells.map(({ outputs }) => outputs))).not.to.include('text/html');
  });

  it('says in each report that there was no sandbox', () => {
    for (const student of ['ada', 'bob', 'dan', 'eve']) rmSync(join(course, 'submitted', student), { recursive: true }); // prettier-ignore
    writeFileSync(join(course, 'journal', 'demo.jsonl'), '');
    const { status, stderr } = run('grade', '--without-sandbox');
    expect(status).to.equal(0);
    expect(stderr).to.match(/WARNING: graded without a sandbox/);
    expect(readFileSync(join(course, 'reports', 'demo.txt'), 'utf8')).to.match(
      /^WARNING: graded without a sandbox/,
    );
  });
});
