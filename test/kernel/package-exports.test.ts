import { expect } from 'chai';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { kernelForTests } from './kernel-for-tests.js';
import { resultText } from './messages.js';

/** A package that shows two entries and hides the rest; `lib` is not where the names point. */
function writePackage(folder: string, name: string, type: 'commonjs' | 'module'): void {
  const exported = (variable: string, value: string) =>
    type === 'module'
      ? `export const ${variable} = ${value};\n`
      : `exports.${variable} = ${value};\n`;
  const entry = (file: string) => ({ types: `./lib/${file}.d.ts`, default: `./lib/${file}.js` });
  const files: Record<string, string> = {
    'package.json': JSON.stringify({
      name,
      version: '1.0.0',
      type,
      exports: { '.': entry('main'), './part': entry('inner') },
    }),
    'lib/main.js': exported('whole', '"main"'),
    'lib/main.d.ts': 'export declare const whole: string;\n',
    'lib/inner.js': exported('part', '7'),
    'lib/inner.d.ts': 'export declare const part: number;\n',
    'lib/hidden.js': exported('hidden', '1'),
    'lib/hidden.d.ts': 'export declare const hidden: number;\n',
  };
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, 'node_modules', name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

describe('a package with an exports map beside the notebook', function () {
  this.timeout(60_000);
  const folder = temporaryFolder('exports-');
  writePackage(folder, 'mapped-common', 'commonjs');
  writePackage(folder, 'mapped-module', 'module');
  after(() => rmSync(folder, { recursive: true, force: true }));
  const kernel = kernelForTests({ folder });

  for (const name of ['mapped-common', 'mapped-module']) {
    it(`${name} is imported by the names that it exports`, async () => {
      const { reply, outputs } = await kernel().execute(
        `import { whole } from '${name}';\nimport { part } from '${name}/part';\n[whole, part]`,
      );
      expect(reply.status, JSON.stringify(reply)).to.equal('ok');
      expect(resultText(outputs)).to.equal("[ 'main', 7 ]");
    });

    it(`${name} is checked by the types that it exports`, async () => {
      const { reply } = await kernel().execute(
        `import { part } from '${name}/part';\nconst text: string = part;`,
      );
      expect(reply.evalue).to.equal("Type 'number' is not assignable to type 'string'.");
    });

    it(`${name} keeps to itself what it does not export`, async () => {
      const { reply } = await kernel().execute(
        `import { hidden } from '${name}/lib/hidden.js';\nhidden`,
      );
      expect(reply.status).to.equal('error');
      expect(reply.evalue).to.include(`${name}/lib/hidden.js`);
    });
  }
});
