import { expect } from 'chai';
import { join } from 'node:path';
import { sandboxFault } from '../../../src/cli/course/grading/sandbox.js';
import { readNotebook } from '../../../src/cli/course/notebook.js';
import { demoSet } from './demo-set.js';
import type { ChildReport } from './grade-child.js';
import { HOSTILE } from './hostile-cases.js';
import { emptyCourse, gradeAll, handIn, notebookText, RIGHT, sessionsLeft } from './submissions.js';

const LIMITS = { call: 3, cell: 6, budget: 12, characters: 1_000_000 };

/** Why no sandbox works here. */
const FAULT = sandboxFault(demoSet());

describe('hostile submissions, in the sandbox', function () {
  this.timeout(600_000);
  const course = emptyCourse();
  let report: ChildReport;

  if (FAULT !== undefined && !/ is not there /.test(FAULT)) {
    // A checkout that others may not enter, or a machine without user namespaces: nothing can be graded.
    it(`are refused where the sandbox does not work, as here: ${FAULT}`, () => {
      expect(FAULT).to.match(/^The sandbox does not work on this machine: /);
    });
    return;
  }

  before(async function () {
    if (FAULT !== undefined) return this.skip();
    // Right ones between them, in an order that is another one each day.
    const places = [2, 7, 12, 17, 21];
    const order = [...HOSTILE].sort(() => Math.random() - 0.5);
    places.forEach((place, k) =>
      handIn(course, `s${String(place).padStart(2, '0')}b-right${k}`, notebookText(RIGHT)),
    );
    order.forEach(({ name, text }, k) =>
      handIn(course, `s${String(k).padStart(2, '0')}a-${name}`, text),
    );
    report = await gradeAll(course, 'sandbox', LIMITS);
  });

  const found = (name: string) => {
    const student = Object.keys(report.scores).find((each) => each.endsWith(`-${name}`))!;
    const line = report.lines.find((each) => each.startsWith(student));
    const file = join(course, 'autograded', student, 'demo', 'demo.ipynb');
    const { cells } = readNotebook(file);
    const printed = JSON.stringify(cells.map(({ outputs }) => outputs));
    return { scores: report.scores[student], line, printed };
  };

  for (const { name, points, says } of HOSTILE) {
    it(`${name} gets what it earns, and a line`, () => {
      const { scores, line } = found(name);
      expect([scores.t1, scores.t2], line).to.deep.equal(points);
      if (says) expect(line).to.match(says);
    });
  }

  for (let k = 0; k < 5; k++) {
    it(`right answer ${k + 1} among them gets full marks`, () => {
      expect(found(`right${k}`).scores).to.deep.equal({ t1: 4, t2: 5, words: null });
    });
  }

  it('they read nothing of others, reach nobody and write nowhere', () => {
    expect(found('reads').printed).to.match(/READ refused refused refused {2}false {2}END/);
    expect(found('reads').printed).to.match(/NET refused refused {2}END/);
    expect(found('writes').printed).to.match(/WROTE refused,refused,refused,refused,refused/);
    expect(found('disk').printed).to.match(/ENOSPC/);
  });

  it('nothing of the tests is in what a spy prints', () => {
    expect(found('spy').printed).not.to.match(/SPY/);
  });

  it('all are graded, no process is left, and the front stays small', () => {
    expect(report.failed).to.equal(0);
    expect(report.lines).to.have.length(HOSTILE.length + 5);
    expect(sessionsLeft()).to.deep.equal([]);
    expect(report.megabytes).to.be.below(300);
  });
});
