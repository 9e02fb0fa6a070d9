import { fileURLToPath } from 'node:url';
import { isAnswer, isTest, type Cell } from '../notebook.js';
import { workFolder, type ProblemSet } from '../problem-set.js';
import { startCells, type CellOutput, type CellSession } from './cell-session.js';
import { proxiesOf } from './proxies.js';

/** Asks the student's kernel: a function's name and its arguments as JSON, the answer as JSON. */
export type AskStudent = (name: string, args: unknown) => Promise<string>;

/** What the tests of a cell come to. */
export interface Judged {
  readonly points: number;
  readonly outputs: readonly CellOutput[];
  /** Why these tests gave no number, in a line. */
  readonly fault?: string;
}

/** A kernel in which tests run, and no line of a student's. */
export interface Judge {
  test(cell: Cell, points: number, ask: AskStudent): Promise<Judged>;
  close(): void;
}

/** What a cell of the judge may take. */
const LIMITS = { seconds: 30, characters: 1_000_000 };

/** The file with which both kernels write and read plain data. */
export const PLAIN_DATA = fileURLToPath(new URL('./plain-data.js', import.meta.url));

/** How functions of the student's are called in the judge. */
const ASK = `const { encodePlain: $encode, decodePlain: $decode } = require(${JSON.stringify(PLAIN_DATA)});
function $ask(name: string, args: unknown[]): any {
  const answer = JSON.parse(prompt(JSON.stringify([name, $encode(args)])));
  if ('error' in answer) throw new Error(answer.error);
  return $decode(answer.value);
}`;

/** Starts a judge for a set; it is used for one student after another. */
export function startJudge(set: ProblemSet): Judge {
  let session: CellSession | undefined;
  let prepared: Promise<CellSession> | undefined;
  const close = () => {
    session?.close();
    session = prepared = undefined;
  };
  return {
    close,
    async test(cell, points, ask) {
      if (session?.isOver() === true) close();
      const ready = await (prepared ??= prepare(
        (session = startCells({ folder: workFolder(set) })),
        set,
      ));
      const end = await ready.run(cell.source, LIMITS, async (question) => {
        const [name, args] = JSON.parse(question) as [string, unknown];
        return ask(name, args);
      });
      if (end.status !== 'ok') return { points: 0, outputs: end.outputs, fault: end.fault };
      const found = numberOf(end.outputs);
      if (found === undefined || !(found >= 0 && found <= points)) {
        const fault = `the tests gave ${found ?? 'no number'}; expected 0 to ${points}`;
        return { points: 0, outputs: end.outputs, fault };
      }
      return { points: found, outputs: end.outputs };
    },
  };
}

/**
 * Runs the given cells that are no tests, and the students' functions as questions. Given cells that call one of these
 * fail, since no student is there to ask: tests cannot rest on them.
 */
async function prepare(session: CellSession, { name, released }: ProblemSet): Promise<CellSession> {
  const run = async (code: string, mayFail = false) => {
    const { status, fault = '' } = await session.run(code, LIMITS);
    if (status === 'ok' || (mayFail && status === 'error')) return;
    throw new Error(`${name}: a given cell does not run (${fault}):\n${code}`);
  };
  await run(ASK);
  for (const cell of released.cells) {
    if (cell.cell_type !== 'code' || isTest(cell)) continue;
    if (isAnswer(cell)) await run(proxiesOf(cell.source));
    else await run(cell.source, true);
  }
  return session;
}

function numberOf(outputs: readonly CellOutput[]): number | undefined {
  const result = outputs.find(({ output_type: type }) => type === 'execute_result');
  const text = result && 'data' in result ? result.data['text/plain'] : undefined;
  const found = typeof text === 'string' && text.trim() !== '' ? Number(text) : NaN;
  return Number.isFinite(found) ? found : undefined;
}
