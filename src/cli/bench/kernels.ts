import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../native/index.js';
import { writeAtomically } from '../../files/write.js';
import type { BenchEntry, Tools } from './entry.js';
import { median, spreadOf } from './interleave.js';
import { markdownTable, OURS, recordOf, type Finding, type Row } from './kernel-findings.js';
import type { Message, PeerProcess } from './peer-process.js';
import { short } from './report.js';

/** A kernel, as `bench/peers/kernels.py` starts it. */
export interface KernelSide {
  readonly name: string;
  /** Which cells it understands: `typescript` with tslab's library, `deno`, `python`. */
  readonly dialect: string;
  readonly language: string;
  readonly argv: readonly string[];
  readonly interrupt: 'message' | 'signal';
  /** Where its cells run. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Variables that give it a small heap. */
  readonly small: Readonly<Record<string, string>>;
}

interface KernelSpec {
  readonly argv: readonly string[];
  readonly language: string;
  readonly interrupt_mode?: 'message' | 'signal';
}

const SMALL_HEAP = 150;

/** The four kernels: ours, the package's, Deno's, and the one that most notebooks run on. */
export function kernelSides(root: string = projectRoot): KernelSide[] {
  const folder = join(root, 'notebooks');
  const installed = (name: string) => {
    const file = join(root, '.venv', 'share', 'jupyter', 'kernels', name, 'kernel.json');
    if (!existsSync(file)) throw new Error(`The kernel ${name} is missing; run "npm run setup".`);
    const spec = JSON.parse(readFileSync(file, 'utf8')) as KernelSpec;
    const { argv, language, interrupt_mode: interrupt = 'signal' } = spec;
    return { argv, language, interrupt, folder, environment: {} };
  };
  const options = `--max-old-space-size=${SMALL_HEAP}`;
  const python = join(root, '.venv', 'bin', 'python');
  return [
    {
      ...installed('tslab'),
      name: OURS,
      dialect: 'typescript',
      small: { AFTERFIT_KERNEL_HEAP: String(SMALL_HEAP) },
    },
    {
      ...installed('tslab-stock'),
      name: 'stock tslab',
      dialect: 'typescript',
      small: { NODE_OPTIONS: options },
    },
    {
      ...{ name: 'Deno', dialect: 'deno', language: 'typescript', folder, interrupt: 'signal' },
      // The program itself lies in the peers' environment.
      argv: ['deno', 'jupyter', '--kernel', '--conn', '{connection_file}'],
      environment: {
        DENO_DIR: join(root, '.afterfit', 'cache', 'deno'),
        DENO_NO_UPDATE_CHECK: '1',
      },
      small: { DENO_V8_FLAGS: options },
    },
    {
      ...{ name: 'ipykernel', dialect: 'python', language: 'python', folder, interrupt: 'signal' },
      argv: [python, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
      environment: {},
      small: {},
    },
  ];
}

/** Trials that give findings by the names of the rows they belong to, and who is not asked. */
const trials: readonly { name: string; not?: readonly string[] }[] = [
  { name: 'imports', not: ['deno', 'python'] },
  { name: 'later imports', not: ['deno', 'python'] },
  { name: 'flood' },
  { name: 'order' },
  { name: 'loops' },
  { name: 'allocation', not: ['python'] },
  { name: 'interrupts' },
  { name: 'errors' },
  { name: 'out of memory' },
  { name: 'rich' },
  { name: 'length' },
  { name: 'conformance' },
];

interface RowText {
  readonly key: string;
  readonly size: string;
  readonly unit: string;
}

const timed: readonly RowText[] = [
  { key: 'ready', size: 'from its start to its first answer', unit: 's' },
  { key: 'first', size: 'from its start to the reply to a first cell', unit: 's' },
  { key: 'later', size: 'a small cell, median of 50', unit: 'ms' },
  { key: 'unseen', size: '… without its result before its end', unit: 'of 50' },
  { key: 'memory', size: 'memory after 50 cells', unit: 'MB' },
];

/** Work that makes many objects or promises, by the names of its cells. */
const MADE = [
  ...['3 million objects', 'a Map of a million', 'map and filter', 'JSON', 'binary trees'],
  ...['300,000 promises', 'a million awaits', '30 million additions'],
];

const tried: readonly RowText[] = [
  { key: 'imports', size: 'ten imports of the kit, a cell each', unit: 's' },
  { key: 'later imports', size: '… three seconds after the start', unit: 's' },
  { key: 'flood', size: '100,000 lines from one cell', unit: 's' },
  { key: 'flood lost', size: '… lines that did not arrive', unit: 'lines' },
  { key: 'order', size: 'prints and displays in their order', unit: 'out of order' },
  { key: 'loops', size: 'a loop at the top level ÷ in a function', unit: '×' },
  ...MADE.map((name) => ({ key: `made: ${name}`, size: `${name}, in a function`, unit: 'ms' })),
  ...['a synchronous loop', 'an await', 'a loop after an await', 'native calls', 'timers'].map(
    (situation) => ({
      key: `interrupt: ${situation}`,
      size: `interrupting ${situation}`,
      unit: 's',
    }),
  ),
  { key: 'errors', size: 'errors: checks that pass', unit: 'failed' },
  { key: 'out of memory', size: 'out of memory', unit: 'failed' },
  { key: 'rich results', size: 'rich results: checks that pass', unit: 'failed' },
  { key: 'memory', size: 'memory after 1,000 cells', unit: 'MB' },
  { key: 'cell 1000', size: '… one of the last 50 of them', unit: 'ms' },
  { key: 'conformance', size: 'jupyter_kernel_test', unit: 'not passed' },
];

/** What a kernel answered to a trial: findings by key, numbers by key, or why there are none. */
type Answer = Message & { readonly failed?: string };

async function ask(
  process: PeerProcess,
  kernel: KernelSide,
  trial: string,
  tools: Tools,
): Promise<Answer> {
  const title = `kernels: ${kernel.name}, ${trial}`;
  tools.update(title);
  const request = { do: 'try', kernel, trial };
  return process.ask(request, (text) => tools.update(`${title}: ${text}`));
}

/** Starts every kernel in every round, in turns, and times its first answers and cells. */
async function timedRows(
  process: PeerProcess,
  sides: readonly KernelSide[],
  tools: Tools,
): Promise<Row[]> {
  const answers = new Map<string, Answer[]>(sides.map(({ name }) => [name, []]));
  for (let round = 0; round < tools.rounds; round++) {
    for (const side of sides) {
      answers.get(side.name)!.push(await ask(process, side, 'timing', tools));
    }
  }
  return timed.map(({ key, size, unit }) => {
    const findings = new Map<string, Finding>();
    const spread: Record<string, number> = {};
    for (const [name, all] of answers) {
      const failed = all.find((answer) => answer.failed !== undefined)?.failed;
      const values = all.map((answer) => Number(answer[key]));
      if (failed !== undefined) findings.set(name, { value: null, text: failed });
      else {
        spread[name] = spreadOf(values);
        const value = median(values);
        findings.set(name, { value, text: `${short(value)} ${unit}`, seen: { values } });
      }
    }
    return { name: `kernels ${key}`, size, unit, findings, spread };
  });
}

/** Every other trial, once for each kernel. */
async function triedRows(
  process: PeerProcess,
  sides: readonly KernelSide[],
  tools: Tools,
): Promise<Row[]> {
  const found = new Map<string, Map<string, Finding>>(tried.map(({ key }) => [key, new Map()]));
  for (const { name, not = [] } of trials) {
    for (const side of sides.filter(({ dialect }) => !not.includes(dialect))) {
      const { failed, ...answer } = await ask(process, side, name, tools);
      const all = Object.entries(answer as Record<string, Finding>);
      for (const [key, finding] of all) found.get(key)?.set(side.name, finding);
      if (failed === undefined) continue;
      for (const key of keysOf(name)) found.get(key)?.set(side.name, { value: null, text: failed });
    }
  }
  return tried.map(({ key, size, unit }) => ({
    name: `kernels ${key}`,
    size,
    unit,
    findings: found.get(key)!,
  }));
}

/** The rows that a trial fills. */
function keysOf(trial: string): string[] {
  const beginning = { interrupts: 'interrupt: ', allocation: 'made: ' }[trial];
  if (beginning !== undefined) {
    return tried.map(({ key }) => key).filter((key) => key.startsWith(beginning));
  }
  const several: Record<string, string[]> = {
    flood: ['flood', 'flood lost'],
    length: ['memory', 'cell 1000'],
    rich: ['rich results'],
  };
  return several[trial] ?? [trial];
}

export const kernels: BenchEntry = {
  name: 'kernels',
  about: "our kernel for TypeScript against stock tslab, Deno's kernel and ipykernel",
  async *run(tools) {
    const sides = kernelSides();
    const process = await tools.peer('kernels', 'kernels.py');
    const rows = await timedRows(process, sides, tools);
    for (const row of rows) yield recordOf(row);
    const more = await triedRows(process, sides, tools);
    for (const row of more) yield recordOf(row);
    const names = sides.map(({ name }) => name);
    const table = markdownTable(names, [...rows, ...more]);
    writeAtomically(join(tools.folder, 'kernels.md'), `${HEAD}\n${table}\n`);
  },
};

const HEAD = `# Kernels

Written by \`npm run bench -- kernels\`: the same cells on each kernel, through jupyter_client. The best is in
bold, with all that are within 5 % of it. README.md says what is done for each line.
`;
