import { expect } from 'chai';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { kernelForTests } from './kernel-for-tests.js';
import { resultText } from './messages.js';

describe('a file beside the notebook', function () {
  this.timeout(60_000);
  const folder = temporaryFolder('beside-');
  after(() => rmSync(folder, { recursive: true, force: true }));
  const kernel = kernelForTests({ folder });

  let written = 0;
  /** Writes a file so that its time differs, and whole at once. */
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const part = join(folder, `part-${++written}`);
    writeFileSync(part, text);
    renameSync(part, path);
  };
  const value = async (code: string) => {
    const { reply, outputs } = await kernel().execute(code);
    expect(reply.status, JSON.stringify(reply)).to.equal('ok');
    return resultText(outputs);
  };
  const fault = async (code: string) => (await kernel().execute(code)).reply.evalue;

  it('is read again when it has changed: types and code', async () => {
    write('one.ts', 'export const one = () => 1;');
    expect(await value("import { one } from './one';\none()")).to.equal('1');
    write('one.ts', "export const one = () => 'text';");
    expect(await value("import { one } from './one';\none().length")).to.equal('4');
    expect(await fault('const no: number = one();')).to.include("Type 'string' is not assignable");
  });

  it('is run again when one that it imports has changed', async () => {
    write('low.ts', 'export const low = 1;');
    write('top.ts', "import { low } from './low';\nexport const top = () => low;");
    expect(await value("import { top } from './top';\ntop()")).to.equal('1');
    write('low.ts', "export const low = 'text';");
    expect(await value("import { top } from './top';\ntop().length")).to.equal('4');
  });

  it('is found by another one as soon as it is there', async () => {
    write('first.ts', "import { t } from './second';\nexport const first = t + 1;");
    expect(await fault("import { first } from './first';\nfirst")).to.include("'./second'");
    write('second.ts', 'export const t = 6;');
    expect(await value("import { first } from './first';\nfirst")).to.equal('7');
  });

  it('finds a package as soon as it is there', async () => {
    write('user.ts', "import { p } from 'late-package';\nexport const user = p;");
    expect(await fault("import { user } from './user';\nuser")).to.include("'late-package'");
    const own = 'node_modules/late-package';
    write(`${own}/index.js`, 'exports.p = 5;');
    write(`${own}/index.d.ts`, 'export declare const p: number;');
    write(`${own}/package.json`, '{ "name": "late-package", "types": "index.d.ts" }');
    expect(await value("import { user } from './user';\nuser")).to.equal('5');
  });

  it('may give way to a folder of its name', async () => {
    write('moved.ts', 'export const moved = 1;');
    expect(await value("import { moved } from './moved';\nmoved")).to.equal('1');
    rmSync(join(folder, 'moved.ts'));
    write('moved/index.ts', "export const moved = 'text';\nexport type More = 2;");
    expect(
      await value("import { type More } from './moved';\nconst more: More = 2;\nmore"),
    ).to.equal('2');
  });

  it('that holds JSON is read again', async () => {
    write('data.json', '{ "k": 1 }');
    expect(await value("import data from './data.json';\ndata.k + 1")).to.equal('2');
    write('data.json', '{ "k": "text" }');
    expect(await value("import data from './data.json';\ndata.k.length")).to.equal('4');
  });

  it('may be JavaScript, which has no place for types', async () => {
    write('plain.js', 'export const plain = (x) => x;');
    expect(await value("import { plain } from './plain';\nplain(3)")).to.equal('3');
  });

  it('gives way to a module of that name in a cell', async () => {
    write('both.ts', 'export const both = 1;');
    expect(await value("import { both } from './both';\nboth")).to.equal('1');
    const { reply } = await kernel().execute(
      "/** @module both */\nexport const both = 'memory';\nexport const extra = 1;",
    );
    expect(reply.status, JSON.stringify(reply)).to.equal('ok');
    expect(await value("import { both, extra } from './both';\nboth.length + extra")).to.equal('7');
  });

  it('may use a package without types, as a cell may', async () => {
    write('node_modules/untyped/index.js', "exports.hi = () => 'hi';");
    write('node_modules/untyped/package.json', '{ "name": "untyped" }');
    expect(await value("import { hi } from 'untyped';\nhi()")).to.equal("'hi'");
    const { reply } = await kernel().execute(
      "/** @module wrapper */\nimport { hi } from 'untyped';\nexport const z = hi();",
    );
    expect(reply.status, JSON.stringify(reply)).to.equal('ok');
    expect(await value("import { z } from './wrapper';\nz")).to.equal("'hi'");
    write('node_modules/@types/untyped/index.d.ts', 'export declare const hi: () => string;');
    expect(await fault("import { hi } from 'untyped';\nconst no: number = hi();")).to.include(
      "Type 'string' is not assignable",
    );
  });
});

describe('a notebook in a folder of a package', function () {
  this.timeout(60_000);
  const root = temporaryFolder('inside-');
  after(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'node_modules', 'package');
  const kernel = kernelForTests({ folder });

  it('runs like any other', async () => {
    const { outputs } = await kernel().execute('const a = 1;\na');
    expect(resultText(outputs)).to.equal('1');
    const { outputs: next } = await kernel().execute('a + 2');
    expect(resultText(next)).to.equal('3');
  });
});
