import { notebookText, RIGHT, wrongWith } from './submissions.js';

/** A submission that does harm, or tries to get points that it did not earn. Never run one outside of the sandbox. */
export interface HostileCase {
  readonly name: string;
  readonly text: string;
  /** Points of the two cells of tests. */
  readonly points: readonly [number, number];
  /** What the line of the report says, where it must. */
  readonly says?: RegExp;
}

const own = (...cells: string[]) => notebookText(wrongWith(), cells);
const inside = (code: string, imports = '') => {
  const { f1, f2 } = wrongWith(code);
  return notebookText({ f1: `${imports}\n${f1}`, f2 });
};
const SPAWN = "import { spawn, spawnSync } from 'node:child_process';";
const FS =
  "import { readFileSync, writeFileSync, writeSync, appendFileSync, readdirSync } from 'node:fs';";

/** Writes into the pipe on which the session speaks to the front. */
const forged = (
  lines: string,
) => `${FS}\n(globalThis as any).word = process.env.AFTERFIT_KERNEL_WORD;
const environment = readFileSync('/proc/self/environ', 'utf8').split('\\0');
const word = (environment.find((each) => each.startsWith('AFTERFIT_KERNEL_WORD=')) ?? '=').split('=')[1];
${lines}`;

export const HOSTILE: readonly HostileCase[] = [
  // Points that were not earned.
  {
    name: 'patches',
    points: [0, 0],
    text: own(
      "import * as A from 'node:assert';\n(A.strict as any).ok = () => {}; Math.abs = () => 0; (Array.prototype as any).every = () => true;\n(Number as any).isFinite = () => true; (JSON as any).stringify = () => '{\"value\":0.75}';",
    ),
  },
  {
    name: 'redeclares',
    points: [0, 0],
    text: own(
      'const marking: any = () => ({ part() {}, total: () => 9 });\nconst near: any = () => true;\nconst Math: any = { abs: () => 0 };',
    ),
  },
  {
    name: 'display',
    points: [0, 0],
    text: own(
      "(Number.prototype as any)[Symbol.for('Jupyter.display')] = () => ({ 'text/plain': '4' });",
    ),
  },
  {
    name: 'objects',
    points: [0, 0],
    text: notebookText({
      f1: 'function normalizedMargin(): any { return { valueOf: () => 0.6, toString: () => "0.6" }; }',
      f2: 'function logRisk(): any { return { t: "Float64Array", v: 1e9, n: "-1000", __proto__: { length: 1 } }; }',
    }),
  },
  {
    name: 'results',
    points: [0, 0],
    text: own(
      forged(
        "for (let id = 0; id < 60; id++) writeSync(3, `\\n${word}${JSON.stringify({ kind: 'result', id, result: { status: 'ok', payload: [], user_expressions: {} } })}\\n${word}${JSON.stringify({ kind: 'output', cell: id, type: 'execute_result', content: { data: { 'text/plain': '4' }, metadata: {} } })}\\n`);",
      ),
    ),
  },
  {
    name: 'spy',
    points: [0, 0],
    text: inside(
      "  const s = new Session(); s.connect(); const seen: string[] = [];\n  s.on('Debugger.scriptParsed', (m: any) => s.post('Debugger.getScriptSource', { scriptId: m.params.scriptId }, (_e: any, r: any) => { if (r && /m1\\.part/.test(r.scriptSource)) seen.push(r.scriptSource); }));\n  s.post('Debugger.enable'); s.disconnect();\n  console.log('SPY', JSON.stringify([...arguments]), seen.join(), new Error('x').stack);",
      "import { Session } from 'node:inspector';",
    ),
  },
  // Messages to the front.
  {
    name: 'null-pipe',
    points: [4, 5],
    text: notebookText(RIGHT, [
      forged(
        'writeSync(3, `\\nnull\\n${word}null\\n${word}[]\\n${word}{"kind":"result","id":null}\\n${word}{"kind":"stream","cell":1e99}\\n`);',
      ),
    ]),
  },
  {
    name: 'endless-line',
    points: [0, 0],
    text: own(
      `${FS}\nconst piece = 'x'.repeat(1 << 20);\nfor (let k = 0; k < 2000; k++) writeSync(3, piece);`,
    ),
  },
  {
    name: 'output',
    points: [0, 0],
    text: own("for (;;) console.log('x'.repeat(100_000));"),
    says: /too much output/,
  },
  // What others own.
  {
    name: 'reads',
    points: [0, 0],
    text: own(`${FS}\nimport { execSync } from 'node:child_process';
const tried = (work: () => unknown) => { try { return String(work()); } catch { return 'refused'; } };
console.log('READ', tried(() => readFileSync('/etc/shadow')), tried(() => readdirSync('/root')), tried(() => readdirSync('/home')),
  tried(() => readdirSync('/proc').filter((name) => Number(name) > 1000)), tried(() => readFileSync('/proc/1/environ', 'utf8').includes('npm_')),
  tried(() => execSync("find / -name 'gradebook.db' -o -name '*.ipynb' 2>/dev/null || true")), 'END');
console.log('NET', await fetch('http://example.org').then(() => 'reached', () => 'refused'), await (await import('node:dns')).promises.lookup('example.org').then(() => 'reached', () => 'refused'), tried(() => execSync("ls -A /sys/class/net 2>/dev/null; cat /proc/net/dev | tail -n +3 | grep -v lo: || true")), 'END');`),
  },
  {
    name: 'writes',
    points: [4, 5],
    text: notebookText(RIGHT, [
      `${FS}\nconst tried = (work: () => unknown) => { try { work(); return 'written'; } catch { return 'refused'; } };\nconsole.log('WROTE', ['/usr/x', process.env.AFTERFIT_ROOT + '/dist/index.js', process.env.AFTERFIT_ROOT + '/x', '/x', '/dev/x'].map((path) => tried(() => writeFileSync(path, 'x'))).join());`,
    ]),
  },
  // What everybody needs.
  {
    name: 'forks',
    points: [0, 0],
    text: own(
      `${SPAWN}\nspawnSync('bash', ['-c', 'HOSTILE() { HOSTILE | HOSTILE & }; HOSTILE'], { timeout: 3000 });\nspawnSync('bash', ['-c', 'f() { f | f & }; f; sleep 2']);`,
    ),
  },
  {
    name: 'heap',
    points: [0, 0],
    text: own(
      'const all: number[][] = [];\nfor (;;) all.push(new Array<number>(100_000).fill(1.5));',
    ),
  },
  {
    name: 'buffers',
    points: [0, 0],
    text: own('const all: Buffer[] = [];\nfor (;;) all.push(Buffer.alloc(1 << 26, 1));'),
  },
  {
    name: 'children',
    points: [0, 0],
    text: own(
      `${SPAWN}\nfor (let k = 0; k < 30; k++) spawn('bash', ['-c', 'x=HOSTILE; while :; do x=$x$x; done'], { stdio: 'ignore', detached: true });\nawait new Promise((resolve) => setTimeout(resolve, 4000));`,
    ),
  },
  {
    name: 'disk',
    points: [4, 5],
    text: notebookText(RIGHT, [
      `${FS}\nconst piece = Buffer.alloc(1 << 24);\nfor (const place of ['/tmp/a', 'b', '/dev/shm/c']) { try { for (let k = 0; k < 60; k++) appendFileSync(place + k, piece); } catch (error) { console.log(String(error)); } }`,
    ]),
  },
  // The process itself.
  { name: 'stops', points: [0, 0], text: own("process.kill(process.pid, 'SIGSTOP');") },
  {
    name: 'kills',
    points: [0, 0],
    text: own(
      "for (const pid of [process.ppid, 1, -1]) { try { process.kill(pid, 'SIGKILL'); } catch {} }",
    ),
  },
  {
    name: 'timers',
    points: [4, 5],
    text: notebookText(RIGHT, [
      "setInterval(() => { const end = Date.now() + 20; while (Date.now() < end); }, 25);\nprocess.on('exit', () => { for (;;); });",
    ]),
  },
  {
    name: 'closes',
    points: [0, 0],
    text: own(
      "import { closeSync } from 'node:fs';\nfor (let fd = 0; fd < 40; fd++) { try { closeSync(fd); } catch {} }",
    ),
  },
  {
    name: 'detaches',
    points: [0, 0],
    text: own(
      `${SPAWN}\nspawn('bash', ['-c', 'trap "" TERM HUP INT; setsid sleep 1000 & sleep 1000; echo HOSTILE'], { detached: true, stdio: 'ignore' }).unref();`,
    ),
  },
];
