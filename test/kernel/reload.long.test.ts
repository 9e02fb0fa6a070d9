import { expect } from 'chai';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../helpers/project-root.js';
import { startKernel, type LiveKernel } from './live-kernel.js';
import { resultText } from './messages.js';

/** A kit of two modules, of the same shape as the project. */
const FILES = {
  'package.json': JSON.stringify({
    name: 'afterfit',
    version: '1.0.0',
    type: 'module',
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'ES2022',
      module: 'NodeNext',
      rootDir: 'src',
      outDir: 'dist',
      composite: true,
      declaration: true,
      strict: true,
      types: [],
    },
    include: ['src'],
  }),
  'src/index.ts': "export * from './inner.js';\nexport const label = 'kit';\n",
  'src/inner.ts': 'export function answer(): number {\n  return 1;\n}\n',
};

describe('%reload', function () {
  this.timeout(120_000);
  let folder = '';
  let kernel: LiveKernel;
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'afterfit-kit-')));
    mkdirSync(join(folder, 'src'));
    mkdirSync(join(folder, 'notebooks', 'node_modules'), { recursive: true });
    mkdirSync(join(folder, 'node_modules'));
    for (const [name, text] of Object.entries(FILES)) write(name, text);
    symlinkSync(folder, join(folder, 'notebooks', 'node_modules', 'afterfit'));
    const typescript = join(projectRoot(), 'node_modules', 'typescript');
    symlinkSync(typescript, join(folder, 'node_modules', 'typescript'));
    kernel = await startKernel({ folder: join(folder, 'notebooks') });
    // The first one builds what is not there yet: here nothing has been imported before.
    expect((await kernel.execute('%reload', { patience: 60 })).reply.status).to.equal('ok');
    const { reply } = await kernel.execute(
      "import { answer, label } from 'afterfit';\nimport * as kit from 'afterfit';\n" +
        'const twice = () => 2 * answer();\nconst kept = [answer(), label];',
    );
    expect(reply.status, JSON.stringify(reply)).to.equal('ok');
  });
  after(async () => {
    await kernel?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const reload = async () => (await kernel.execute('%reload', { patience: 60 })).reply;
  const value = async (code: string) => {
    const { reply, outputs } = await kernel.execute(code);
    expect(reply.status, JSON.stringify(reply)).to.equal('ok');
    return resultText(outputs);
  };

  for (const time of [2, 3]) {
    it(`gives cells and their functions the new code (time ${time})`, async () => {
      expect(dirname(folder)).to.not.equal('');
      write('src/inner.ts', `export function answer(): number {\n  return ${10 * time};\n}\n`);
      expect((await reload()).status).to.equal('ok');
      expect(await value('[answer(), twice(), kit.answer()]')).to.equal(
        `[ ${10 * time}, ${20 * time}, ${10 * time} ]`,
      );
      expect(await value('kept')).to.equal("[ 1, 'kit' ]");
    });
  }

  it('keeps the old code where the new one does not compile, and says why', async () => {
    write('src/inner.ts', "export function answer(): number {\n  return 'text';\n}\n");
    const { status, ename, evalue } = await reload();
    expect(status).to.equal('error');
    expect(ename).to.equal('BuildFailure');
    expect(evalue).to.include('src/inner.ts').and.include('not assignable');
    expect(await value('[answer(), twice()]')).to.equal('[ 30, 60 ]');
  });

  it('keeps the old code where it is interrupted', async () => {
    write('src/inner.ts', 'export function answer(): number {\n  return 70;\n}\n');
    const { done } = kernel.submit('%reload', { patience: 60 });
    await sleep(200);
    await kernel.interrupt();
    expect((await done).reply.ename).to.equal('Interrupted');
    const isCompiled = () => readFileSync(join(folder, 'dist', 'inner.js'), 'utf8').includes('70');
    while (!isCompiled()) await sleep(50);
    await sleep(500);
    expect(await value('[answer(), twice()]')).to.equal('[ 30, 60 ]');
    expect((await reload()).status).to.equal('ok');
    expect(await value('[answer(), twice()]')).to.equal('[ 70, 140 ]');
  });

  it('knows the new types', async () => {
    write('src/inner.ts', "export function answer(): string {\n  return 'text';\n}\n");
    expect((await reload()).status).to.equal('ok');
    const { reply } = await kernel.execute('const wrong: number = answer();');
    expect(reply.ename).to.equal('TypeCheckError');
    expect(await value('answer().length')).to.equal('4');
  });
});
