import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineItems, optionalItems } from '../../src/cli/doctor-checks.js';
import { loadTensorFlow, tensorFlowProblem } from '../../src/tensors/index.js';

describe("the doctor's checks", () => {
  it('finds the required things missing in an empty folder', () => {
    const root = mkdtempSync(join(tmpdir(), 'afterfit-'));
    try {
      const broken = machineItems(root).filter((item) => item.broken);
      expect(broken.map((item) => item.name)).to.deep.equal(['TypeScript', 'Python', 'kernel']);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('says of both kernels whether they are there, and misses the first one only', () => {
    const root = mkdtempSync(join(tmpdir(), 'afterfit-'));
    const install = (name: string, program: string) => {
      const folder = join(root, '.venv', 'share', 'jupyter', 'kernels', name);
      const argv = [process.execPath, program, '{connection_file}'];
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'kernel.json'), JSON.stringify({ argv }));
    };
    const kernels = () =>
      machineItems(root)
        .filter(({ name }) => name.endsWith('kernel'))
        .map(({ value, broken }) => [value, broken === true]);
    try {
      expect(kernels()).to.deep.equal([
        ['tslab is missing', true],
        ['tslab-stock is missing', false],
      ]);
      const gone = join(root, 'main.js');
      install('tslab', gone);
      expect(kernels()[0]).to.deep.equal([`tslab starts ${gone}, which is not there`, true]);
      writeFileSync(gone, '');
      install('tslab-stock', gone);
      expect(kernels()).to.deep.equal([
        ["tslab, the project's own, in .venv", false],
        ['tslab-stock, as its package has it, in .venv', false],
      ]);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('says what the optional things are used for, and promises no more', () => {
    const { AFTERFIT_TFJS: before } = process.env;
    process.env.AFTERFIT_TFJS = 'off';
    try {
      const items = optionalItems();
      const valueOf = (wanted: string) => items.find(({ name }) => name === wanted)?.value;
      expect(valueOf('TensorFlow')).to.equal('TensorFlow is switched off by AFTERFIT_TFJS=off.');
      expect(valueOf('Chromium')).to.contain('used by the browser tests alone');
    } finally {
      if (before === undefined) delete process.env.AFTERFIT_TFJS;
      else process.env.AFTERFIT_TFJS = before;
    }
  });

  it('says whether TensorFlow runs, and if not, why', async function () {
    this.timeout(60_000);
    const value = optionalItems().find(({ name }) => name === 'TensorFlow')?.value;
    const found = await loadTensorFlow();
    expect(value).to.equal(
      found === undefined ? tensorFlowProblem() : `${found.version} computes in float32`,
    );
  });

  it('knows the version of Node and of the project', () => {
    const items = machineItems();
    expect(items.find(({ name }) => name === 'Node')?.value).to.equal(process.versions.node);
    expect(items.find(({ name }) => name === 'afterfit')?.value).to.match(/^\d+\.\d+\.\d+/);
  });
});
