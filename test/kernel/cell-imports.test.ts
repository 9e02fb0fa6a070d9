import { expect } from 'chai';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { kernelForTests } from './kernel-for-tests.js';
import { plainTraceback, resultText } from './messages.js';

const FILES: Readonly<Record<string, string>> = {
  'src/stats.ts':
    'interface Row { readonly value: number }\n\nexport const mean = (rows: Row[]): number =>\n' +
    '  rows.reduce((sum, { value }) => sum + value, 0) / rows.length;\n\n' +
    "export function fail(): never {\n  throw new Error('in stats');\n}\nexport let calls = 0;\n" +
    'export const call = () => void calls++;\nexport type { Row };\n',
  'src/again.ts': "export { mean, fail } from './stats';\nexport { Row } from './stats.js';\n",
  'nb/util/index.ts': "export const u: string = 'index';\n",
  'nb/waits.mts': 'export const late: number = await Promise.resolve(5);\n',
  'nb/common.cts': 'const two: number = 2;\nexport = { two };\n',
  'nb/view.tsx': 'export const tag = <T,>(x: T): T => x;\n',
  'nb/uses-require.ts':
    "import os = require('node:os');\nexport const type: string = typeof os.cpus + typeof require;\n",
  'nb/options.ts':
    'interface Options { readonly a: number }\nexport const opt = (): Options => ({ a: 1 });\n',
  'nb/mapped/deep.ts': "export const deep = 'by paths';\n",
  'nb/data.json': '{ "k": [1, 2] }',
  'nb/plain.mjs': 'export let n = 0;\nexport const up = () => ++n;\n',
  'nb/tsconfig.json':
    '{\n  // A comment.\n  "compilerOptions": { "noUncheckedIndexedAccess": true, "paths": { "@/*": ["./mapped/*"] } }\n}\n',
  'nb/package.json': '{ "name": "notebooks", "type": "module", "imports": { "#own": "./own.ts" } }',
  'nb/own.ts': "export const own = 'its own';\n",
  'nb/node_modules/only-import/package.json':
    '{ "name": "only-import", "type": "module", "exports": { ".": { "import": { "types": "./a.d.mts", "default": "./a.mjs" } } } }',
  'nb/node_modules/only-import/a.mjs': 'export const only = await Promise.resolve(3);\n',
  'nb/node_modules/only-import/a.d.mts': 'export declare const only: number;\n',
  'nb/node_modules/old/package.json': '{ "name": "old", "types": "i.d.ts", "main": "i.js" }',
  'nb/node_modules/old/i.js':
    "const all = {}; for (const k of ['one', 'two']) all[k] = k; module.exports = all;\n",
  'nb/node_modules/old/i.d.ts': 'export declare const one: string, two: string;\n',
  'nb/node_modules/translated/package.json':
    '{ "name": "translated", "types": "i.d.ts", "main": "i.js" }',
  'nb/node_modules/translated/i.js':
    "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = () => 'default';\n",
  'nb/node_modules/translated/i.d.ts': 'declare const f: () => string;\nexport default f;\n',
};

describe('what a cell imports', function () {
  this.timeout(60_000);
  const root = temporaryFolder('imported-');
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  after(() => rmSync(root, { recursive: true, force: true }));
  const kernel = kernelForTests({ folder: join(root, 'nb') });
  const value = async (code: string) => {
    const { reply, outputs } = await kernel().execute(code);
    expect(reply.status, JSON.stringify(reply)).to.equal('ok');
    return resultText(outputs);
  };

  const given: [string, string, string][] = [
    [
      'TypeScript above the notebook',
      "import { mean } from '../src/stats';\nmean([{ value: 3 }])",
      '3',
    ],
    [
      'it by the name of its JavaScript',
      "import { mean } from '../src/stats.js';\nmean([{ value: 4 }])",
      '4',
    ],
    ['it by its own name', "import { mean } from '../src/stats.ts';\nmean([{ value: 5 }])", '5'],
    [
      'what hands on types',
      "import { mean, type Row } from '../src/again';\nconst row: Row = { value: 6 };\nmean([row])",
      '6',
    ],
    ['a folder with an index', "import { u } from './util';\nu", "'index'"],
    ['a module that waits', "import { late } from './waits.mjs';\nlate", '5'],
    ['TypeScript for CommonJS', "import common from './common.cjs';\ncommon.two", '2'],
    ['a .tsx file', "import { tag } from './view';\ntag(9)", '9'],
    [
      'a file that requires',
      "import { type as kind } from './uses-require';\nkind",
      "'functionfunction'",
    ],
    [
      'a value whose type its file keeps to itself',
      "import { opt } from './options';\nconst o = opt();\no.a",
      '1',
    ],
    [
      'JSON with an attribute',
      "import data from './data.json' with { type: 'json' };\ndata.k.length",
      '2',
    ],
    ['JSON without one', "import { k } from './data.json';\nk.length", '2'],
    ['by the paths of tsconfig.json', "import { deep } from '@/deep';\ndeep", "'by paths'"],
    ['by the imports of package.json', "import { own } from '#own';\nown", "'its own'"],
    [
      'a package that can only be imported, and waits',
      "import { only } from 'only-import';\nonly",
      '3',
    ],
    [
      'names that Node does not see in CommonJS',
      "import { one, two } from 'old';\nimport * as old from 'old';\n[one, two, old.two]",
      "[ 'one', 'two', 'two' ]",
    ],
    ['the default of a translated module', "import f from 'translated';\nf()", "'default'"],
    [
      'in the middle of a function',
      "const later = async () => (await import('../src/stats')).mean([{ value: 7 }]);\nawait later()",
      '7',
    ],
    [
      'a data: address',
      "const d = await import('data:text/javascript,export const x = 5');\nd.x",
      '5',
    ],
    [
      'a name it has for something global',
      "import { setTimeout, setImmediate } from 'node:timers/promises';\nawait setTimeout(1, 'waited')",
      "'waited'",
    ],
    [
      'with types alone',
      "import type { Row } from '../src/stats';\nconst r2: Row = { value: 1 };\nr2.value",
      '1',
    ],
    ['for its effect', "import '../src/stats';\n1", '1'],
    ['in the older way', "import os = require('node:os');\ntypeof os.cpus", "'function'"],
    ['with require', "const { sep } = require('node:path');\nsep.length", '1'],
    [
      'where it is',
      "import.meta.url.startsWith('file:') && import.meta.dirname.endsWith('nb')",
      'true',
    ],
  ];
  for (const [what, code, text] of given) {
    it(`may be ${what}`, async () => expect(await value(code)).to.equal(text));
  }

  it('is one and the same for every cell and function', async () => {
    await value(
      "import { calls, call } from '../src/stats';\nimport { n, up } from './plain.mjs';",
    );
    await value('const both = () => {\n  call();\n  up();\n  return [calls, n];\n};');
    expect(await value('both();\nboth()')).to.equal('[ 2, 2 ]');
    expect(await value("import * as stats from '../src/stats';\n[stats.calls, calls, n]")).to.equal(
      '[ 2, 2, 2 ]',
    );
  });

  it('tells of an error by the place in its own text', async () => {
    const { reply } = await kernel().execute("import { fail } from '../src/stats';\nfail();");
    expect(plainTraceback(reply)).to.match(/at fail \(.*src\/stats\.ts:7:9\)/);
  });

  it('is checked as the folder’s tsconfig.json says', async () => {
    const { reply } = await kernel().execute('const first: number = [1][0];');
    expect(reply.evalue).to.include("Type 'number | undefined' is not assignable");
  });

  it('is read again where the file has changed, also in an import() of a path made up', async () => {
    const path = join(root, 'nb', 'changing.ts');
    const write = (text: string, time: number) => {
      writeFileSync(path, text);
      utimesSync(path, new Date(), new Date(time));
    };
    write('export const now: number = 1;', 1e12);
    const code = "const name = './chang' + 'ing';\n(await import(name)).now as number";
    expect(await value(code)).to.equal('1');
    write('export const now: number = 2;', 2e12);
    expect(await value(code)).to.equal('2');
  });

  it('is completed: paths, packages, names', async () => {
    const complete = async (code: string) => {
      const request = { code, cursor_pos: code.length };
      const { content } = await kernel().request('shell', 'complete_request', request);
      return content.matches as string[];
    };
    expect(await complete("import { mean } from '../src/st")).to.include('stats');
    expect(await complete("import { only } from 'only-")).to.include('only-import');
    expect(await complete("import { mea } from '../src/stats';".slice(0, 12))).to.be.an('array');
    expect(await complete("import fs from 'node:f")).to.include('node:fs');
  });
});
