import { expect } from 'chai';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { destructuring, redeclaring, sharing } from './cells/bindings.js';
import type { CellCases, Expected, FilesBeside, Step } from './cells/cell-case.js';
import { globals, language, newGlobals } from './cells/language.js';
import { filesForModules, filesForOptions, modules, options } from './cells/modules.js';
import { programs } from './cells/programs.js';
import { filesForTypes, loose, typesAcrossCells, wrongTypes } from './cells/types.js';
import { WAITING } from './cells/waiting.js';
import { kernelForTests } from './kernel-for-tests.js';
import type { LiveKernel } from './live-kernel.js';
import { plainTraceback, resultText, streamText } from './messages.js';

/** The groups of one notebook. Its last ones take names away that others use. */
const GROUPS: Readonly<Record<string, CellCases>> = {
  destructuring,
  redeclaring,
  'types across cells': typesAcrossCells,
  'wrong types': wrongTypes,
  'ways out of strict types': loose,
  'the language': language,
  'global things': globals,
  'new global things': newGlobals,
  modules,
  programs,
  sharing,
};

describe('cells that users write', function () {
  this.timeout(60_000);
  const root = temporaryFolder('cells-');
  after(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'notebooks');
  write(folder, { ...filesForTypes, ...filesForModules });
  const kernel = kernelForTests({ folder });
  for (const [group, cases] of Object.entries(GROUPS)) testsOf(group, cases, kernel);
});

describe('cells of a notebook with options of its own', function () {
  this.timeout(60_000);
  const folder = temporaryFolder('options-');
  after(() => rmSync(folder, { recursive: true, force: true }));
  write(folder, filesForOptions);
  const kernel = kernelForTests({ folder });
  testsOf('options', options, kernel);
});

function write(folder: string, files: FilesBeside): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

function testsOf(group: string, cases: CellCases, kernel: () => LiveKernel): void {
  for (const [name, steps] of Object.entries(cases)) {
    const title = `${group}: ${name}`;
    if (WAITING.has(title)) continue;
    it(title, async () => {
      for (const step of steps) await take(kernel(), step);
    });
  }
}

async function take(kernel: LiveKernel, step: Step): Promise<void> {
  const [source, expected] = typeof step === 'string' ? [step, undefined] : step;
  const { reply, outputs } = await kernel.execute(source);
  const code = source.slice(0, 300);
  if (expected instanceof RegExp) {
    expect(reply.status, `${code} must fail`).to.equal('error');
    expect(plainTraceback(reply), code).to.match(expected);
    return;
  }
  expect(reply.status, `${code}\n${plainTraceback(reply)}`).to.equal('ok');
  if (expected !== undefined) expect(shown(expected, outputs), code).to.equal(textOf(expected));
}

const textOf = (expected: Exclude<Expected, RegExp>) =>
  typeof expected === 'string' ? expected : expected.prints;

const shown = (expected: Exclude<Expected, RegExp>, outputs: Parameters<typeof resultText>[0]) =>
  typeof expected === 'string' ? resultText(outputs) : streamText(outputs);
