import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { recordsFolder, runClaims } from '../../../src/cli/reproduce/claim-runs.js';
import { recordStore } from '../../../src/experiments/index.js';
import { madeUpComparison } from '../../claims/scaled-records.js';
import { madeUpImageRun } from '../../helpers/made-up-image-run.js';
import { projectRoot } from '../../helpers/project-root.js';
import { temporaryFolder } from '../../notebooks/temporary-folder.js';
import { claims } from '../../../src/claims/index.js';

const program = join(projectRoot(), 'dist', 'cli', 'main.js');

describe('two runs of the figures command', function () {
  this.timeout(600_000);
  let out: string;

  before(async () => {
    out = temporaryFolder('same-figures-');
    const ids = ['h-alexnet', 'densenet', 'resnet', 'loss-scaled-steps'];
    const run = async (spec: { kind: string; name?: string }) =>
      Promise.resolve(
        spec.kind === 'image-training' ? madeUpImageRun({ name: spec.name! }) : madeUpComparison(),
      );
    await runClaims(
      claims,
      { ids, settings: { scale: 'smoke', seed: 1 }, out, fresh: false },
      recordStore(recordsFolder(out), { run }),
      () => Promise.resolve({ written: [], skipped: [] }),
      () => undefined,
    );
  });
  after(() => rmSync(out, { recursive: true, force: true }));

  it('write the same bytes: SVG, PDF, PNG, numbers, captions, provenance and the document', () => {
    const draw = (folder: string) => {
      const args = ['--from', out, '--out', join(out, folder), '--format', 'svg,pdf,png'];
      const { status, stderr } = spawnSync(process.execPath, [program, 'figures', ...args], {
        encoding: 'utf8',
      });
      expect(stderr).to.equal('');
      expect(status).to.equal(0);
      return readdirSync(join(out, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(out, folder).length))
        .sort();
    };
    const [first, second] = [draw('first'), draw('second')];
    expect(second).to.deep.equal(first);
    expect(first).to.include('/figures.tex').and.to.include('/paper/figure-2.csv');
    for (const name of first) {
      const [one, other] = ['first', 'second'].map((folder) =>
        readFileSync(join(out, folder, name)),
      );
      expect(one.equals(other), name).to.equal(true);
    }
  });
});
