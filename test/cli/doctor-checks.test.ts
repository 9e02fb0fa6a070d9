import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineItems, optionalItems } from '../../src/cli/doctor-checks.js';

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

  it('says what the optional things are used for, and promises no more', function () {
    this.timeout(20_000);
    const root = mkdtempSync(join(tmpdir(), 'afterfit-'));
    try {
      const items = optionalItems(root);
      const valueOf = (wanted: string) => items.find(({ name }) => name === wanted)?.value;
      expect(valueOf('tfjs-node')).to.equal(
        'not built by set-up; nothing in this version needs it.',
      );
      expect(valueOf('Chromium')).to.contain('used by the browser tests alone');
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('knows the version of Node and of the project', () => {
    const items = machineItems();
    expect(items.find(({ name }) => name === 'Node')?.value).to.equal(process.versions.node);
    expect(items.find(({ name }) => name === 'afterfit')?.value).to.match(/^\d+\.\d+\.\d+/);
  });
});
