import type { CellCases, FilesBeside } from './cell-case.js';

/** Modules of every kind; the notebook lies in `notebooks`, one folder below the files of its project. */
export const modules: CellCases = {
  'a file above the notebook': [
    "import { mean } from '../src/stats'",
    ['mean([1, 2, 3])', '2'],
    ["import { fail } from '../src/stats'\nfail()", /stats\.ts:7:\d+/],
    ["mean(['a'])", /TS2322/],
  ],
  'a folder with an index': [
    "import { u } from './util'",
    ['u + 1', '6'],
    ["import { u as same } from './util/index'\nsame", '5'],
    ["import { deep } from './util/deep'\ndeep", "'deep of util'"],
  ],
  'every ending': [
    ["import { m } from './kinds/m.mjs'\nm", "'mts'"],
    ["import { m as m2 } from './kinds/m.mts'\nm2", "'mts'"],
    ["import { c } from './kinds/c.cjs'\nc", "'cts'"],
    ["import { x } from './kinds/x'\nx", "'tsx'"],
    ["import { t } from './kinds/t.js'\nt", "'ts'"],
    ["import { t as t2 } from './kinds/t.ts'\nt2", "'ts'"],
    ["import { j } from './kinds/j.mjs'\nj", "'mjs'"],
    ["import { old } from './kinds/old.cjs'\nold", "'cjs'"],
  ],
  'exports of every form': [
    [
      "import main, { named as other, type Shape, ns } from './forms'\nconst s: Shape = { a: 1 }; main(other) + s.a + ns.u",
      "'main named15'",
    ],
    ["import * as all from './forms'\nObject.keys(all).sort().join()", "'default,named,ns,u'"],
    ["export { u as again } from './util'\nexport * from './forms'\n1", '1'],
  ],
  'a file for its effect': [["import './effect'", { prints: 'an effect\n' }]],
  'a file that awaits at its top level': [
    ["import { ready } from './awaits'\nready", '5'],
    ["(await import('./awaits')).ready", '5'],
  ],
  'files that import each other': [["import { even } from './even'\neven(4)", 'true']],
  'one instance for cells and files': [
    "import { count, up } from './counter'\nup()",
    ["import { read } from './counter-reader'\nup(); [count, read()].join()", "'2,2'"],
    [
      "const again = await import('./counter'); again.up(); [count, read(), again.count].join()",
      "'3,3,3'",
    ],
  ],
  'a file with today’s language': [
    ["import { modern } from './modern'\nmodern()", "'3,2,1 closed 6'"],
  ],
  'imports that are computed, with the types of those that are not': [
    ["const util = await import('./util'); util.u.toFixed(1)", "'5.0'"],
    ["const where: string = './util'; (await import(where)).u", '5'],
    ["(await import('./util')).none", /TS2339/],
    ["await import('./does-not-exist' as string)", /does-not-exist/],
  ],
  'addresses written out': [
    ["(await import('data:text/javascript,export default 7')).default", '7'],
    ["import eight from 'data:text/javascript,export default 8'\neight", '8'],
  ],
  addresses: [
    ["(await import('data:text/javascript,export default 7' as string)).default", '7'],
    [
      "import { pathToFileURL } from 'node:url'\n(await import(pathToFileURL('kinds/j.mjs').href)).j",
      "'mjs'",
    ],
  ],
  'JSON with its attribute and without': [
    ["import data from './data.json' with { type: 'json' }\ndata.k", '1'],
    ["import plain from './data.json'\nplain.list.length", '2'],
    ["(await import('./data.json', { with: { type: 'json' } })).default.k", '1'],
    ['data.none', /TS2339/],
  ],
  'packages beside the notebook': [
    ["import { only } from 'import-only'\nonly", "'esm'"],
    ["import both from 'both-kinds'\nboth", "'esm'"],
    ["require('both-kinds').default ?? require('both-kinds')", "'cjs'"],
    ["import { part } from 'import-only/part'\npart", '7'],
    ["import { hidden } from 'import-only/lib/hidden.js'", /TS2307/],
    ["import cjs, { named } from 'plain-cjs'\ncjs.named + named", "'nn'"],
    ["import * as cjsAll from 'plain-cjs'\ncjsAll.named", "'n'"],
    ["import Klass from 'cjs-class'\nnew Klass(3).n", '3'],
    ["import { conf } from '#conf'\nconf", "'configured'"],
    ["import slow from 'awaiting-package'\nslow", "'awaited'"],
  ],
  'packages that await or are modules alone': [
    ["import * as vega from 'vega'\nvega.version.split('.').length", '3'],
    ["import { compile } from 'vega-lite'\ntypeof compile", "'function'"],
    "import { z } from 'zod'\nconst form = z.object({ a: z.number() })",
    ['form.parse({ a: 1 }).a.toFixed(1)', "'1.0'"],
    ['form.parse({ a: 1 }).b', /TS2339/],
  ],
};

/** What lies in the project around the notebook. */
export const filesForModules: FilesBeside = {
  '../src/stats.ts':
    'export function mean(values: readonly number[]): number {\n' +
    '  let sum: number = 0;\n  for (const value of values) sum += value;\n' +
    '  return sum / values.length;\n}\n\n' +
    "export function fail(): never { throw new RangeError('of stats') as Error; }\n",
  'util/index.ts': "export const u = 5;\nexport { deep } from './deep';\n",
  'util/deep.ts': "export const deep = 'deep of util';\n",
  'kinds/m.mts': "export const m: string = 'mts';\n",
  'kinds/c.cts': "export const c: string = 'cts';\n",
  'kinds/x.tsx': "export const x = (<T,>(value: T): T => value)('tsx');\n",
  'kinds/t.ts': "export const t: string = 'ts';\n",
  'kinds/j.mjs': "export const j = 'mjs';\n",
  'kinds/old.cjs': "exports.old = 'cjs';\n",
  'forms.ts':
    "export default function main(x: string) { return 'main ' + x; }\n" +
    "export const named = 'named';\nexport interface Shape { a: number }\n" +
    "export * as ns from './util';\nexport { u } from './util';\n",
  'effect.ts': "console.log('an effect');\n",
  'awaits.ts': 'export const ready: number = await Promise.resolve(5);\n',
  'even.ts':
    "import { odd } from './odd';\nexport const even = (n: number): boolean => n === 0 || odd(n - 1);\n",
  'odd.ts':
    "import { even } from './even';\nexport const odd = (n: number): boolean => n !== 0 && even(n - 1);\n",
  'counter.ts': 'export let count = 0;\nexport function up(): void { count++; }\n',
  'counter-reader.ts': "import { count } from './counter';\nexport const read = () => count;\n",
  'modern.ts':
    'enum Size { Big = 6 }\nlet said = "";\n' +
    'function open() { return { [Symbol.dispose]() { said = "closed"; } }; }\n' +
    'export function modern(): string {\n  { using door = open(); void door; }\n' +
    '  return `${[1, 2, 3].toSorted((a, b) => b - a)} ${said} ${Size.Big}`;\n}\n',
  'data.json': '{ "k": 1, "list": [1, 2] }\n',
  'package.json': JSON.stringify({ name: 'notes', imports: { '#conf': './conf.js' } }),
  'conf.js': "exports.conf = 'configured';\n",
  'conf.d.ts': 'export declare const conf: string;\n',
  ...packageFiles('import-only', {
    'package.json': manifest('import-only', {
      type: 'module',
      exports: {
        '.': { types: './lib/main.d.ts', import: './lib/main.js' },
        './part': { types: './lib/part.d.ts', import: './lib/part.js' },
      },
    }),
    'lib/main.js': "export const only = 'esm';\n",
    'lib/main.d.ts': 'export declare const only: string;\n',
    'lib/part.js': 'export const part = 7;\n',
    'lib/part.d.ts': 'export declare const part: number;\n',
    'lib/hidden.js': 'export const hidden = 1;\n',
  }),
  ...packageFiles('both-kinds', {
    'package.json': manifest('both-kinds', {
      exports: {
        import: { types: './index.d.mts', default: './index.mjs' },
        require: { types: './index.d.cts', default: './index.cjs' },
      },
    }),
    'index.mjs': "export default 'esm';\n",
    'index.d.mts': 'declare const kind: string;\nexport default kind;\n',
    'index.cjs': "module.exports = 'cjs';\n",
    'index.d.cts': 'declare const kind: string;\nexport = kind;\n',
  }),
  ...packageFiles('plain-cjs', {
    'package.json': manifest('plain-cjs', { main: 'index.js', types: 'index.d.ts' }),
    'index.js': "exports.named = 'n';\n",
    'index.d.ts': 'export declare const named: string;\n',
  }),
  ...packageFiles('cjs-class', {
    'package.json': manifest('cjs-class', { main: 'index.js', types: 'index.d.ts' }),
    'index.js': 'module.exports = class { constructor(n) { this.n = n; } };\n',
    'index.d.ts': 'declare class Klass { constructor(n: number); n: number }\nexport = Klass;\n',
  }),
  ...packageFiles('awaiting-package', {
    'package.json': manifest('awaiting-package', {
      type: 'module',
      main: 'index.js',
      types: 'index.d.ts',
    }),
    'index.js': "export default await Promise.resolve('awaited');\n",
    'index.d.ts': 'declare const slow: string;\nexport default slow;\n',
  }),
};

function manifest(name: string, rest: object): string {
  return JSON.stringify({ name, version: '1.0.0', ...rest });
}

function packageFiles(name: string, files: FilesBeside): FilesBeside {
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [`node_modules/${name}/${file}`, text]),
  );
}

/** How the compiler's options beside the notebook count. */
export const options: CellCases = {
  'a tsconfig.json beside the notebook': [
    ['function loose(x) { return x; }\nloose(1)', '1'],
    ['[1][0].toFixed(1)', /TS2532/],
    ["import { lib } from '@lib/it'\nlib", "'by a path'"],
    ['const still: number = "text"', /TS2322/],
  ],
};

export const filesForOptions: FilesBeside = {
  'tsconfig.json':
    '{\n  // Comments are allowed here.\n  "compilerOptions": {\n    "strict": false,\n' +
    '    "strictNullChecks": true,\n    "noUncheckedIndexedAccess": true,\n    "paths": { "@lib/*": ["./lib/*"] },\n  }\n}\n',
  'lib/it.ts': "export const lib = 'by a path';\n",
};
