import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { inVenv, runProgram } from './python-program.js';

interface Spec {
  readonly resource_dir: string;
  readonly spec: {
    readonly argv: readonly string[];
    readonly display_name: string;
    readonly language: string;
    readonly interrupt_mode?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly metadata?: Readonly<Record<string, unknown>>;
  };
}

describe('the installed kernelspecs, as VS Code and others read them', function () {
  this.timeout(60_000);
  let specs: Record<string, Spec> = {};

  before(async () => {
    const args = ['list', '--json'];
    const { status, stdout, stderr } = await runProgram(inVenv('jupyter-kernelspec'), args);
    expect(status, stderr).to.equal(0);
    specs = (JSON.parse(stdout) as { kernelspecs: Record<string, Spec> }).kernelspecs;
  });

  it('are the project’s own and the package’s', () => {
    expect(specs).to.include.keys('tslab', 'tslab-stock');
    expect(specs).not.to.include.keys('jslab');
    expect(specs['tslab-stock'].spec.display_name).to.equal('TypeScript (stock tslab)');
    expect(specs['tslab-stock'].spec.language).to.equal('typescript');
  });

  it('start programs by absolute paths that are there, whatever the path of a shell', () => {
    for (const name of ['tslab', 'tslab-stock']) {
      const [program, script, ...rest] = specs[name].spec.argv;
      for (const path of [program, script]) {
        expect(isAbsolute(path), path).to.equal(true);
        expect(existsSync(path), path).to.equal(true);
      }
      expect(rest).to.include('{connection_file}');
    }
  });

  it('say of the project’s kernel its name, language and how it is interrupted', () => {
    const { spec } = specs.tslab;
    expect(spec).to.include({
      display_name: 'TypeScript',
      language: 'typescript',
      interrupt_mode: 'message',
    });
    expect(spec.argv).to.have.lengthOf(3);
    expect(spec.argv[1]).to.match(/dist\/kernel\/main\.js$/);
    expect(spec.metadata?.debugger ?? false, 'no debugger is promised').to.equal(false);
  });
});
