import { expect } from 'chai';
import { rmSync } from 'node:fs';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { withKernel } from './kernel-for-tests.js';

const MODULES = [
  ...['numerics', 'datasets', 'networks', 'losses', 'flows'],
  ...['metrics', 'training', 'experiments', 'claims', 'charts'],
];

// How long ten imports take is measured by `npm run bench -- kernels`.
describe('the kit in a cell', function () {
  this.timeout(120_000);
  const folder = temporaryFolder('imports-');
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is imported module by module, types and all', async () => {
    await withKernel({ folder }, async (kernel) => {
      for (const name of MODULES) {
        const { reply } = await kernel.execute(`import * as ${name} from 'afterfit/${name}';`);
        expect(reply.status, JSON.stringify(reply)).to.equal('ok');
      }
      const { reply } = await kernel.execute(
        'const seed: string = numerics.randomStream(1).uniform();',
      );
      expect(reply.evalue).to.equal("Type 'number' is not assignable to type 'string'.");
    });
  });
});
