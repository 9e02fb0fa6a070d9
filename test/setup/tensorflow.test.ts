import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../helpers/project-root.js';
import { copySetup, fakePython, type Copy } from './copy.js';

const venv = join(projectRoot(), '.venv');
const python = join(venv, 'bin', 'python');

/** An index that refuses every connection. */
const unreachable = { PIP_INDEX_URL: 'http://127.0.0.1:9/simple' };

/** Carries out the one step. */
const stepAlone = [
  "import { ensureSetup } from './ensure.mjs';",
  "import { tensorflowSteps } from './tensorflow-steps.mjs';",
  'await ensureSetup({ among: tensorflowSteps });',
].join('\n');

/** A compiler that leaves an empty file where it is told to. */
const compiler = 'while [ "$1" != -o ]; do shift; done\n: > "$2"';

/** A package whose only operation needs no addon. */
const packageFiles = {
  'package.json': '{ "name": "@tensorflow/tfjs-node", "main": "index.js" }',
  'index.js': 'exports.add = (a, b) => ({ dataSync: () => [a + b] });',
};

describe('the step that sets TensorFlow up', () => {
  let copy: Copy;
  const at = (...parts: string[]) => join(copy.folder, ...parts);
  const write = (file: string, text: string) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const packageAt = (...parts: string[]) =>
    at('node_modules', '@tensorflow', 'tfjs-node', ...parts);
  const addon = () => packageAt('lib', 'napi-v8', 'tfjs_binding.node');
  const note = () => at('.afterfit', 'tensorflow-problem.txt');

  before(function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
  });
  beforeEach(() => {
    copy = copySetup();
    write(at('src', 'setup', 'step-alone.mjs'), stepAlone);
    for (const [name, text] of Object.entries(packageFiles)) write(packageAt(name), text);
    symlinkSync(venv, at('.venv'));
    copy.addProgram('g++', compiler);
  });
  afterEach(() => copy.remove());

  const step = (env: NodeJS.ProcessEnv = unreachable) => copy.run([], env, 'step-alone.mjs');

  /** The sentence with which the step is left out, said and noted. */
  function sentence(env?: NodeJS.ProcessEnv): string {
    const { status, lines } = step(env);
    expect(status).to.equal(0);
    const said = lines.at(-1)!;
    expect(said).to.match(/^TensorFlow is left out, and the float64 engine serves without it: /);
    expect(readFileSync(note(), 'utf8')).to.equal(`${said}\n`);
    return said.slice(said.indexOf(': ') + 2);
  }

  /** A wheel with these files, where pip finds it; gives pip's environment and its checksum. */
  function wheel(files: Record<string, string>): { env: NodeJS.ProcessEnv; sha256: string } {
    const folder = at('wheels');
    mkdirSync(folder);
    const name = 'tensorflow_cpu-2.13.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl';
    const info = 'tensorflow_cpu-2.13.1.dist-info';
    const all = {
      ...files,
      [`${info}/METADATA`]: 'Metadata-Version: 2.1\nName: tensorflow-cpu\nVersion: 2.13.1\n',
      [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nTag: cp311-cp311-manylinux2014_x86_64\n',
      [`${info}/RECORD`]: '',
    };
    const code = [
      'import json, sys, zipfile',
      'with zipfile.ZipFile(sys.argv[1], "w") as archive:',
      '    for name, text in json.loads(sys.argv[2]).items(): archive.writestr(name, text)',
    ].join('\n');
    execFileSync(python, ['-c', code, join(folder, name), JSON.stringify(all)]);
    const sha256 = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
    // As an address, because pip reads the variable as a list with blanks between its items.
    return { env: { PIP_FIND_LINKS: pathToFileURL(folder).href, PIP_NO_INDEX: '1' }, sha256 };
  }

  it('goes on where the wheel is out of reach, and does not try again by itself', () => {
    expect(sentence()).to.match(
      /^the wheel of TensorFlow 2\.13\.1 could not be downloaded; \.afterfit\/logs\/tensorflow-download\.log has the details, and "npm run setup" tries again\.$/,
    );
    const { status, lines } = step();
    expect(status).to.equal(0);
    expect(lines).to.deep.equal(['']);
    expect(readdirSync(at('.afterfit', 'tmp'))).to.deep.equal([]);
  });

  it('goes on without a compiler, before anything is downloaded', () => {
    rmSync(join(copy.folder, '..', 'bin', 'g++'));
    expect(sentence()).to.match(/^a C\+\+ compiler is needed and none was found; install it, on /);
    expect(existsSync(at('.afterfit', 'logs'))).to.equal(false);
  });

  it('goes on where npm left the package out', () => {
    rmSync(packageAt(), { recursive: true });
    expect(sentence()).to.match(/^npm left out the optional package @tensorflow\/tfjs-node; /);
  });

  it('takes no wheel with another checksum', () => {
    const { env } = wheel({});
    expect(sentence(env)).to.match(/^the wheel of TensorFlow 2\.13\.1 has another checksum; /);
    expect(existsSync(addon())).to.equal(false);
  });

  it('unpacks the libraries, links them and compiles the addon, once', () => {
    const library = 'tensorflow/libtensorflow_cc.so.2';
    const { env, sha256 } = wheel({
      [library]: 'cc',
      'tensorflow/libtensorflow_framework.so.2': 'framework',
      'tensorflow/include/tensorflow/c/c_api.h': 'header',
      'tensorflow/python/other.py': 'other',
    });
    const requirements = at('src', 'setup', 'tensorflow.txt');
    const pinned = readFileSync(requirements, 'utf8');
    write(requirements, pinned.replace(/sha256:\w+/, `sha256:${sha256}`));
    const { status, lines } = step(env);
    expect(status).to.equal(0);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^TensorFlow \(187 MB to download\) … [\d.]+ s$/);
    const link = packageAt('deps', 'lib', 'libtensorflow_cc.so.2');
    expect(readFileSync(link, 'utf8')).to.equal('cc');
    expect(existsSync(addon())).to.equal(true);
    expect(existsSync(note())).to.equal(false);
    const unpacked = at('.afterfit', 'tensorflow-2.13.1', 'tensorflow');
    expect(readdirSync(unpacked)).to.have.members([
      'include',
      'libtensorflow_cc.so.2',
      'libtensorflow_framework.so.2',
    ]);
    expect(step(env).lines).to.deep.equal(['']);
    // As after a new installation of the packages: the libraries are there, out of reach or not.
    rmSync(packageAt('lib'), { recursive: true });
    expect(step().lines[0]).to.match(/^TensorFlow … [\d.]+ s$/);
    expect(existsSync(addon())).to.equal(true);
  });

  it('leaves nothing that would be loaded where the addon does not work', () => {
    mkdirSync(at('.afterfit', 'tensorflow-2.13.1'), { recursive: true });
    write(packageAt('index.js'), "throw new Error('wrong machine');");
    expect(sentence()).to.match(/^it was built and does not work on this machine; /);
    expect(existsSync(addon())).to.equal(false);
  });

  it('is skipped, or left to the package, as AFTERFIT_TFJS says', () => {
    expect(step({ AFTERFIT_TFJS: 'off' })).to.deep.equal({ status: 0, lines: [''] });
    expect(existsSync(at('.afterfit'))).to.equal(false);
    const made = "require('fs').mkdirSync('lib/napi-v8', { recursive: true });";
    const installer = `${made} require('fs').writeFileSync('lib/napi-v8/tfjs_binding.node', '');`;
    write(packageAt('scripts', 'install.js'), installer);
    expect(step({ AFTERFIT_TFJS: 'official' }).lines[0]).to.match(/^TensorFlow … [\d.]+ s$/);
    expect(existsSync(addon())).to.equal(true);
    write(packageAt('scripts', 'install.js'), 'process.exit(1)');
    rmSync(addon());
    expect(sentence({ AFTERFIT_TFJS: 'official' })).to.match(/^the package's own installer failed/);
    expect(sentence({ AFTERFIT_TFJS: 'on' })).to.equal(
      'AFTERFIT_TFJS is "on"; expected "off", "official" or nothing.',
    );
  });

  describe('in a whole set-up', () => {
    /** What npm would install, as far as the set-up looks at it. */
    function fakeInstallers(): void {
      write(at('..', 'packages', '.package-lock.json'), '');
      write(at('..', 'packages', 'typescript', 'bin', 'tsc'), '');
      write(at('..', 'packages', '@tensorflow', 'tfjs-node', 'package.json'), '{}');
      copy.addProgram('npm', '/bin/rm -rf node_modules\n/bin/cp -r ../packages node_modules');
      // A Python that makes an environment whose own Python installs nothing, and downloads in earnest.
      write(at('..', 'python'), `#!/bin/sh\n${fakePython(`exec "${python}" "$@"`)}\n`);
      copy.addProgram(
        'python3',
        [
          'case "$1 $2" in',
          '"-m venv") /bin/mkdir -p .venv/bin',
          '  /bin/cp ../python .venv/bin/python',
          '  /bin/chmod +x .venv/bin/python;;',
          '*) printf "python3\\n3\\n12\\n1\\n";; esac',
        ].join('\n'),
      );
      rmSync(at('.venv'));
    }

    it('holds no command up, and is tried again by "npm run setup"', () => {
      fakeInstallers();
      const tried = (lines: string[]) => lines.filter((line) => line.startsWith('TensorFlow'));
      const first = copy.run(['setup'], unreachable);
      expect(first.status, first.lines.join('\n')).to.equal(0);
      expect(tried(first.lines)).to.have.length(2);
      // Past its set-up, where the copy, which has no sources, has nothing to run.
      expect(copy.run(['doctor'], unreachable).lines).to.deep.equal([
        'There is no src/cli/main.ts in this copy.',
      ]);
      const second = copy.run(['setup'], unreachable);
      expect(second.status).to.equal(0);
      expect(tried(second.lines)).to.deep.equal(second.lines);
      expect(second.lines).to.have.length(2);
    });
  });
});
