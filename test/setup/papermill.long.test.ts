import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { syntaxErrors } from '../notebooks/notebook-file.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { projectRoot } from '../helpers/project-root.js';

const bin = join(projectRoot(), '.venv', 'bin');

/** What Python prints, as JSON, from the value of one expression over papermill's translator `T`. */
function fromPython(expression: string, input = ''): unknown {
  const code = [
    'import datetime, json, sys',
    'from papermill.translators import papermill_translators',
    "T = papermill_translators.find_translator('tslab', 'typescript')",
    `print(json.dumps(${expression}))`,
  ].join('\n');
  const run = spawnSync(join(bin, 'python'), ['-c', code], { encoding: 'utf8', input });
  if (run.status !== 0) throw new Error(run.stderr.trim().split('\n').at(-1));
  return JSON.parse(run.stdout);
}

const codify = (parameters: string) => fromPython(`T.codify(${parameters})`) as string;

describe("papermill's parameters as TypeScript", function () {
  this.timeout(30_000);

  it('are assigned with var under a comment', () => {
    expect(codify("{'steps': 10, 'rate': 0.5}")).to.equal(
      '// Parameters\nvar steps = 10;\nvar rate = 0.5;\n',
    );
  });

  /** Python's expression, and the value that the cell must give to the variable. */
  const cases: [string, unknown][] = [
    ["'plain'", 'plain'],
    [String.raw`'a "quoted" \\ line\nand\ttab'`, 'a "quoted" \\ line\nand\ttab'],
    [String.raw`'θ 😀 \u2028 \u0000 ${'$'}{x}'`, 'θ 😀 \u2028 \0 ${x}'],
    [String.raw`'half a pair: \ud800'`, 'half a pair: \ud800'],
    ['-12', -12],
    ['2**53 - 1', 2 ** 53 - 1],
    ['2**53', 2n ** 53n],
    ['-10**30', -(10n ** 30n)],
    ['1e-7', 1e-7],
    ['1e300', 1e300],
    ["float('nan')", NaN],
    ["[float('inf'), float('-inf')]", [Infinity, -Infinity]],
    ['True', true],
    ['None', null],
    ['[]', []],
    ["[1, 'two', [3.5, (True, None)]]", [1, 'two', [3.5, [true, null]]]],
    ['{}', {}],
    [
      "{'a': {'b c': [1, {'d': 2**64}]}, 1: 'one', None: 0}",
      { a: { 'b c': [1, { d: 2n ** 64n }] }, 1: 'one', null: 0 },
    ],
    ['datetime.date(2026, 3, 1)', '2026-03-01'],
  ];

  it('have the values that they have in Python', () => {
    const parameters = cases.map(([value], k) => `'v${k}': ${value}`).join(', ');
    const source = codify(`{${parameters}}`);
    expect(syntaxErrors(source)).to.deep.equal([]);
    const scope: Record<string, unknown> = {};
    runInNewContext(source, scope);
    // Objects of another context have other prototypes, which chai would tell apart.
    const values = cases.map((_, k) => structuredClone(scope[`v${k}`]));
    expect(values).to.deep.equal(cases.map(([, expected]) => expected));
  });

  it('may have a key that would set the prototype', () => {
    const scope: { v?: object } = {};
    runInNewContext(codify("{'v': {'__proto__': 1}}"), scope);
    expect(Object.entries(scope.v ?? {})).to.deep.equal([['__proto__', 1]]);
  });

  it('have names that TypeScript allows', () => {
    expect(codify("{'$größe_1': 1}")).to.contain('var $größe_1 = 1;');
    for (const name of ['two-words', 'class']) {
      expect(() => codify(`{'${name}': 1}`)).to.throw(
        `The parameter '${name}' cannot be a variable of TypeScript; expected letters`,
      );
    }
  });
});

describe('the parameters that a cell declares', function () {
  this.timeout(30_000);

  const inspect = (source: string) =>
    fromPython(
      "[list(found) for found in T.inspect({'source': sys.stdin.read()})]",
      source,
    ) as string[][];

  it('are found with type, value and help', () => {
    expect(inspect('var steps: number = 5; // how many\nlet rate = 1e-3 /* of learning */')).to.eql(
      [
        ['steps', 'number', '5', 'how many'],
        ['rate', 'number', '1e-3', 'of learning'],
      ],
    );
  });

  it('may have types and values with commas, signs and lines of their own', () => {
    const source = [
      '// Not a parameter: x = 1',
      "const table: Record<string, number[]> = { a: [1, 2], 'b; // c': [] }, name = `x = y`;",
      "const mode: 'fast' | 'slow' =",
      "  'fast' // how to go",
      'const list = [',
      '  1, // the first',
      '  2]; // both',
      'const apply: (a: number, b: number) => number = (a, b) => a < b ? a : b;',
    ].join('\n');
    expect(inspect(source)).to.deep.equal([
      ['table', 'Record<string, number[]>', "{ a: [1, 2], 'b; // c': [] }", ''],
      ['name', 'string', '`x = y`', ''],
      ['mode', "'fast' | 'slow'", "'fast'", 'how to go'],
      ['list', 'array', '[1, 2]', 'both'],
      ['apply', '(a: number, b: number) => number', '(a, b) => a < b ? a : b', ''],
    ]);
  });

  it('have the type of a literal where none is given, or none', () => {
    const values = ['-1.5', "'a'", 'true', 'null', '12n', '[1]', '{ a: 1 }', 'Math.PI'];
    const source = values.map((value, k) => `var v${k} = ${value};`).join('\n');
    expect(inspect(source).map(([, type]) => type)).to.deep.equal(
      ['number', 'string', 'boolean', 'null', 'bigint', 'array', 'object'].concat('None'),
    );
  });

  it('may come from a pattern', () => {
    expect(inspect('const { seed, scale } = notebookSettings();\nconst { a: b } = c;')).to.eql([
      ['seed', 'None', 'notebookSettings().seed', ''],
      ['scale', 'None', 'notebookSettings().scale', ''],
    ]);
  });

  it('are none where there are none', () => {
    expect(inspect('')).to.deep.equal([]);
    expect(inspect('console.log(1);\nfunction f() { const inner = 1; }\nlet later;')).to.eql([]);
  });
});

describe('the papermill command', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => (folder = mkdtempSync(join(temporaryFolder('papermill-'), 'run-'))));
  after(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

  const cell = (source: string, tags: string[] = []) => ({
    cell_type: 'code',
    execution_count: null,
    id: tags[0] ?? 'code',
    metadata: { tags },
    outputs: [],
    source,
  });
  const write = () => {
    const file = join(folder, 'in.ipynb');
    const metadata = {
      kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' },
      language_info: { name: 'typescript' },
    };
    const cells = [
      cell("var steps: number = 3; // how many\nvar name = 'x';", ['parameters']),
      cell('const twice: number = 2 * steps;\nconsole.log(twice, name);'),
    ];
    writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells }));
    return file;
  };
  const papermill = (...args: string[]) =>
    spawnSync(join(bin, 'python'), ['-m', 'papermill', ...args], { encoding: 'utf8' });

  for (const kernel of ['tslab', 'tslab-stock']) {
    it(`puts parameters in place of those of a cell of TypeScript (${kernel})`, () => {
      const out = join(folder, `${kernel}.ipynb`);
      const parameters = ['-p', 'steps', '10', '-p', 'name', 'a "b"'];
      const { status, stderr } = papermill('-k', kernel, write(), out, ...parameters);
      expect(status, stderr).to.equal(0);
      const { cells } = JSON.parse(readFileSync(out, 'utf8')) as {
        cells: { outputs: { text: string | string[] }[] }[];
      };
      const printed = cells.flatMap(({ outputs }) => outputs.flatMap(({ text }) => text));
      expect(printed.join('')).to.equal('20 a "b"\n');
    });
  }

  it('shows which parameters a notebook has', () => {
    const { stdout } = papermill('--help-notebook', write());
    expect(stdout).to.match(/^ {2}steps: number \(default 3\) +how many$/m);
    expect(stdout).to.match(/^ {2}name: string \(default 'x'\) *$/m);
  });
});
