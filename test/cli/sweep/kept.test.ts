import { expect } from 'chai';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { studies } from '../../../src/claims/index.js';
import { jsonText } from '../../../src/cli/json-text.js';
import { keptStudy, type KeptStudy } from '../../../src/cli/sweep/kept-studies.js';
import { studiesPage } from '../../../src/cli/sweep/studies-page.js';
import { readSweep, sweepOf } from '../../../src/experiments/index.js';
import { sweepIn } from '../../../src/specs/sweep-format.js';
import { sweepRuns } from '../../../src/specs/index.js';
import { projectRoot } from '../../helpers/project-root.js';

const docs = join(projectRoot(), 'docs');
const RENEW = 'run `node dist/cli/sweep/publish.js` after a build';

describe('the results of sweeps that come with the project', () => {
  let kept: KeptStudy[] = [];
  before(async () => {
    for (const study of studies) kept = [...kept, keptStudy(study, await readSweep(study.sweep))];
  });

  it('are those of all runs of the sweeps as they are described', async () => {
    for (const { sweep } of studies) {
      const file = join(docs, 'sweeps', `${sweep}.json`);
      const described = sweepIn(JSON.parse(readFileSync(file, 'utf8')), file);
      const table = await readSweep(sweep);
      expect({ ...sweepOf(table), batch: 0 }).to.deep.equal({ ...described, batch: 0 });
      const names = described.axes.map(({ name }) => name);
      const places = table.rows.map((row) => names.map((name) => row[name]));
      const wanted = sweepRuns(described).map(({ axes }) => names.map((name) => axes[name]));
      expect(places).to.deep.equal(wanted);
    }
  });

  it('are told by docs/sweep-results.json and docs/sweeps/README.md', () => {
    expect(readFileSync(join(docs, 'sweep-results.json'), 'utf8'), RENEW).to.equal(jsonText({ studies: kept })); // prettier-ignore
    expect(readFileSync(join(docs, 'sweeps', 'README.md'), 'utf8'), RENEW).to.equal(studiesPage(kept)); // prettier-ignore
  });

  it('have the verdicts that were expected, and a reason for every exception', () => {
    for (const { id, verdict, expected, exceptions } of kept) {
      expect(verdict, id).to.equal(expected);
      for (const { run, why } of exceptions) expect(why, JSON.stringify(run)).to.not.equal('');
    }
  });

  it('are small', () => {
    const sizes = studies.map(({ sweep }) => statSync(join(docs, 'sweeps', `${sweep}.parquet`)).size); // prettier-ignore
    expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.below(200_000);
  });
});
