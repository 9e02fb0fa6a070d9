import { isAnswer, isTest, markOf, type Notebook } from '../notebook.js';
import { rebuilt, testCells, workFolder, type Answers, type ProblemSet } from '../problem-set.js';
import { startCells, type CellSession } from '../grading/cell-session.js';
import { gradeNotebook, type Graded } from '../grading/grade.js';
import { startJudge, type Judge } from '../grading/judge.js';
import { decodePlain } from '../grading/plain-data.js';
import { LIMITS, startStudent } from '../grading/student.js';
import { messageFaults, tellingProperties } from './messages.js';
import { knownSubmissions } from './known-file.js';

/** What became of one submission of a check. */
export interface Checked {
  readonly name: string;
  readonly earned: number;
  readonly possible: number;
  /** What is not as it should be, a sentence each. */
  readonly faults: readonly string[];
}

/** Named wrong submissions that a set has at least. */
const LEAST_WRONG = 5;

/** One submission of a check and what it should come to. */
interface Case {
  readonly name: string;
  readonly notebook: Notebook;
  readonly points: Readonly<Record<string, number>>;
  /** Whether all that it prints has to be well. */
  readonly isRight: boolean;
}

/** Runs what is known of a set: model solution, untouched release, wrong and other right submissions; `tell` hears of each. */
export async function checkSet(set: ProblemSet, tell: (checked: Checked) => void): Promise<void> {
  const tests = testCells(set.source);
  const possible = sum(tests.map(({ points }) => points));
  const still = stillFaults(set);
  if (still.length > 0) tell({ name: 'as it stands', earned: 0, possible: 0, faults: still });
  const kernels = startKernels(set);
  try {
    const answers: number[] = [];
    for (const each of casesOf(set)) {
      const graded = await kernels.grade(each.notebook, (answer) => {
        if (each.isRight) answers.push(...numbersOf(answer));
      });
      const faults = faultsOf(each, graded, answers);
      tell({ name: each.name, earned: sum(Object.values(graded.points)), possible, faults });
    }
  } finally {
    kernels.close();
  }
}

/** What can be said of a set without running it. */
function stillFaults(set: ProblemSet): string[] {
  const wrong = knownSubmissions(set, 'wrong').length;
  return [
    ...(wrong >= LEAST_WRONG ? [] : [`it has ${wrong} wrong submissions; expected ${LEAST_WRONG} or more.`]), // prettier-ignore
    ...testCells(set.source).flatMap(({ cell, id }) =>
      tellingProperties(cell.source).map((fault) => `${id}: ${fault}.`),
    ),
  ];
}

function casesOf(set: ProblemSet): Case[] {
  const tests = testCells(set.source);
  const full = Object.fromEntries(tests.map(({ id, points }) => [id, points]));
  const none = Object.fromEntries(tests.map(({ id }) => [id, 0]));
  const model = new Map(
    set.source.cells.filter(isAnswer).map((cell) => [markOf(cell)!.grade_id, cell.source]),
  );
  const submission = (answers: Answers['answers']) => rebuilt(set, { answers });
  return [
    { name: 'model solution', notebook: submission(model), points: full, isRight: true },
    { name: 'untouched', notebook: submission(new Map()), points: none, isRight: false },
    ...(['wrong', 'right'] as const).flatMap((kind) =>
      knownSubmissions(set, kind).map(({ name, points, answers }) => ({
        name: `${kind}/${name}`,
        notebook: submission(new Map([...model, ...answers])),
        points,
        isRight: false,
      })),
    ),
  ];
}

function faultsOf(each: Case, { points, notebook, notes }: Graded, answers: number[]): string[] {
  const faults: string[] = [];
  for (const cell of notebook.cells.filter(isTest)) {
    const id = markOf(cell)!.grade_id;
    const should = each.points[id];
    if (points[id] !== should) faults.push(`${id} gave ${points[id]}; expected ${should}.`);
    const outputs = (cell.outputs ?? []) as { output_type: string; text?: string }[];
    if (outputs.some(({ output_type: type }) => type === 'error')) {
      faults.push(`${id}: the tests threw an error outside of their parts.`);
    }
    const printed = outputs.map(({ text = '' }) => text).join('');
    faults.push(...messageFaults(printed, answers).map((fault) => `${id} ${fault}.`));
  }
  const all = each.isRight || faults.length > 0 ? [...faults, ...notes] : faults;
  return [...new Set(all)];
}

/** One judge and one student's kernel for all submissions of a check: they are ours. */
function startKernels(set: ProblemSet) {
  const judge: Judge = startJudge(set);
  const start = () => startCells({ folder: workFolder(set) });
  let kept: CellSession | undefined = start();
  return {
    async grade(notebook: Notebook, onAnswer: (answer: string) => void): Promise<Graded> {
      const student = startStudent(() => {
        const session = kept?.isOver() === false ? kept : start();
        kept = undefined;
        return session;
      }, LIMITS);
      try {
        return await gradeNotebook(notebook, student, judge, (_name, answer) => onAnswer(answer));
      } finally {
        kept = await student.free();
      }
    },
    close() {
      kept?.close();
      judge.close();
    },
  };
}

/** All numbers in an answer. */
function numbersOf(answer: string): number[] {
  const { value } = JSON.parse(answer) as { value?: unknown };
  const found: number[] = [];
  const collect = (each: unknown): void => {
    if (typeof each === 'number') found.push(each);
    else if (typeof each === 'object' && each !== null) Object.values(each).forEach(collect);
  };
  collect(decodePlain(value));
  return found;
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
