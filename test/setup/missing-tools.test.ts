import { expect } from 'chai';
import { copySetup, type Copy } from './copy.js';

interface Machine {
  requireNode: (version?: string, platform?: string) => void;
}

const machine = async () =>
  (await import(new URL('../../../src/setup/machine.mjs', import.meta.url).href)) as Machine;

/** An npm that installs nothing but what the set-up looks for. */
const quickNpm = [
  'mkdir() { /bin/mkdir "$@"; }',
  'mkdir -p node_modules/typescript/bin',
  ': > node_modules/.package-lock.json',
  ': > node_modules/typescript/bin/tsc',
].join('\n');

describe('a missing tool', () => {
  let copy: Copy;
  beforeEach(() => {
    copy = copySetup();
  });
  afterEach(() => copy.remove());

  /** Runs the set-up, and gives its one sentence: the last line, and the only one but progress. */
  function sentence(env?: NodeJS.ProcessEnv): string {
    const { status, lines } = copy.run(['setup'], env);
    expect(status).to.equal(1);
    const said = lines.filter((line) => !line.includes(' … '));
    expect(said).to.have.length(1);
    return said[0];
  }

  it('npm is named', () => {
    expect(sentence()).to.match(/^npm is needed and was not found: install .*\.$/);
  });

  it('Python is named, with how to install it', () => {
    copy.addProgram('npm', quickNpm);
    expect(sentence()).to.match(
      /^Python 3\.10 or newer is needed and none was found: install .*\.$/,
    );
  });

  it('a Python too old is named by its version', () => {
    copy.addProgram('npm', quickNpm);
    copy.addProgram('python3', 'printf "/usr/bin/python3\\n3\\n8\\n1\\n"');
    expect(sentence()).to.match(/^Python 3\.10 or newer is needed and this is 3\.8: install .*\.$/);
  });

  it('a Python without venv is told from one with it', () => {
    copy.addProgram('npm', quickNpm);
    copy.addProgram('python3', 'printf "/usr/bin/python3\\n3\\n12\\n0\\n"');
    expect(sentence()).to.match(
      /^Python 3\.12 is here without its venv module: .*python3-venv"\.$/,
    );
  });

  it('an AFTERFIT_PYTHON that does not run is named', () => {
    copy.addProgram('npm', quickNpm);
    expect(sentence({ AFTERFIT_PYTHON: '/no/such' })).to.match(
      /^AFTERFIT_PYTHON is "\/no\/such".*\.$/,
    );
  });

  it('a Python too old for the comparisons is named, and theirs alone asks for it', () => {
    copy.addProgram('python3', 'printf "/usr/bin/python3\\n3\\n10\\n1\\n"');
    const { status, lines } = copy.run(['bench'], {}, 'own-venv.mjs');
    expect(status).to.equal(1);
    expect(lines.at(-1)).to.match(
      /^Python 3\.11 or newer is needed and this is 3\.10: install it, .*\.$/,
    );
  });

  it('an installation that fails is told with the end of its log', () => {
    // A Python that makes an environment, whose own Python then has no pip.
    const makeVenv = [
      'case "$1 $2" in "-m venv")',
      '  folder="$3"',
      '  /bin/mkdir -p "$folder/bin"',
      '  printf \'#!/bin/sh\\necho "no pip here"; exit 1\\n\' > "$folder/bin/python"',
      '  /bin/chmod +x "$folder/bin/python";;',
      '*) printf "python3\\n3\\n12\\n1\\n";; esac',
    ];
    copy.addProgram('python3', makeVenv.join('\n'));
    const { status, lines } = copy.run(['bench'], {}, 'own-venv.mjs');
    expect(status).to.equal(1);
    expect(lines).to.include('no pip here');
    expect(lines.at(-1)).to.match(
      /^The step "bench-packages" failed \(status 1\); .* has all of it\.$/,
    );
  });

  it('an old Node and plain Windows are named', async () => {
    const { requireNode } = await machine();
    expect(() => requireNode('20.18.3', 'linux')).to.throw(
      /^Node 20\.19 or newer .* this is 20\.18\.3/,
    );
    expect(() => requireNode('22.0.0', 'win32')).to.throw(/WSL/);
    expect(() => requireNode('20.19.0', 'linux')).not.to.throw();
    expect(() => requireNode('26.0.0', 'darwin')).not.to.throw();
  });

  it('a failing installer shows the end of its output and where the rest is', () => {
    copy.addProgram('npm', 'echo "the registry is away"; exit 3');
    const { status, lines } = copy.run(['setup']);
    expect(status).to.equal(1);
    expect(lines).to.include('the registry is away');
    expect(lines.at(-1)).to.equal(
      'The step "packages" failed (status 3); .afterfit/logs/packages.log has all of it.',
    );
  });

  it('an unknown command is answered with the ones there are', () => {
    const { status, lines } = copy.run(['nonsense']);
    expect(status).to.equal(2);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^There is no command "nonsense": the commands are setup, .*\.$/);
  });
});
