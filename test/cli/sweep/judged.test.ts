import { expect } from 'chai';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ratesStudy } from '../../../src/claims/index.js';
import { judgedText } from '../../../src/cli/sweep/judged.js';
import { keptStudy, slimTable } from '../../../src/cli/sweep/kept-studies.js';
import { studiesPage } from '../../../src/cli/sweep/studies-page.js';
import { encodeSweep, type SweepRow, type SweepTable } from '../../../src/records/index.js';
import { tinySweep } from '../../experiments/tiny-sweep.js';
import { temporaryFolder } from '../../notebooks/temporary-folder.js';
import { sweepCommand } from './sweep-command.js';

const good: SweepRow = { network: 'linear, depth 2, width 4', status: 'finished', message: '', sound: true, doubts: '', degree: 2, fitted: 0.5, predicted: 0.5, slowest: 0.5, margin: 0.123, lengths: [1 / 3] }; // prettier-ignore
const wrong = { ...good, network: 'relu, depth 2, width 8', fitted: 0.9 };

/** Results as of a sweep of networks and seeds. */
function tableOf(rows: readonly SweepRow[]): SweepTable {
  const sweep = { ...tinySweep(), name: 'rates', axes: [{ name: 'network', at: 'problem.network', values: [1] }, { name: 'seed', at: 'problem.start.seed', values: [1] }] }; // prettier-ignore
  const numbered = rows.map((row, k) => ({ run: k, seed: k + 101, ...row, experiment: `e${k}` }));
  const columns = Object.entries(numbered[0]).map(([name, cell]) => ({
    name,
    type: Array.isArray(cell) ? ('numbers' as const) : typeof cell === 'string' ? ('text' as const) : typeof cell === 'boolean' ? ('flag' as const) : ('number' as const), // prettier-ignore
  }));
  return {
    columns,
    rows: numbered,
    about: {
      sweep: JSON.stringify(sweep),
      origin: '{"node":"20","linearAlgebra":"plain","code":"0123456789abcdef"}', // prettier-ignore
      meanings: '{"margin":"γ","fitted":"exponent"}',
    },
  };
}

describe('what a sweep says', () => {
  const table = tableOf([...Array.from({ length: 9 }, () => good), wrong]);

  it('is its study’s verdict, with every exception', () => {
    const text = judgedText(ratesStudy, table, { columns: 200, each: true });
    expect(text).to.match(/^Rates: .* \(sweep-rates\): supported, expected supported\n/);
    expect(text).to.match(/^Of 10 runs 1 are exceptions:\n {2}1 × another exponent than predicted\. .*\n {4}relu, depth 2, width 8, seed 110: fitted 0\.9000, predicted 0\.5000$/m); // prettier-ignore
    const short = judgedText(ratesStudy, tableOf([good]), { columns: 80, each: false });
    expect(short).to.match(/\nOf .*run none is an exception\.$/);
  });

  it('is kept with the columns that the study reads alone, and says the same', () => {
    const slim = slimTable(ratesStudy, table);
    expect(slim.columns.map(({ name }) => name)).to.not.include('margin').and.not.include('lengths'); // prettier-ignore
    expect(slim.columns.map(({ name }) => name)).to.include.members(['network', 'seed', 'fitted', 'experiment']); // prettier-ignore
    expect(JSON.parse(slim.about.meanings)).to.deep.equal({ fitted: 'exponent' });
    const kept = keptStudy(ratesStudy, slim);
    expect(kept).to.deep.equal(keptStudy(ratesStudy, table));
    expect(kept.exceptions.map(({ run }) => run)).to.deep.equal([{ network: wrong.network, seed: 110 }]); // prettier-ignore
    const page = studiesPage([kept]);
    expect(page).to.include('The rows were computed with Node 20, linear algebra plain, code 0123456789ab.'); // prettier-ignore
    expect(page).to.match(/^\*\*supported\*\*, as expected, by 10 runs\.$/m);
    expect(page).to.match(/^\| relu, depth 2, width 8, seed 110 \| fitted 0\.9000, predicted 0\.5000 \|$/m); // prettier-ignore
  });
});

describe('the sweep command, asked for a verdict', function () {
  this.timeout(240_000);
  let folder: string;
  before(() => (folder = temporaryFolder('judged-')));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** The command on results in a folder of their own. */
  async function judged(name: string, rows: readonly SweepRow[]) {
    const out = join(folder, name);
    mkdirSync(out);
    writeFileSync(join(out, 'rates.parquet'), await encodeSweep(tableOf(rows)));
    return sweepCommand(['rates', '--judge', '--out', out]);
  }

  it('runs nothing, and ends with 1 where it is another one than expected', async () => {
    const { status, stdout } = await judged('supported', [good, good]);
    expect([status, stdout]).to.satisfy(() => status === 0 && /rates\.parquet\n\nRates: /.test(stdout)); // prettier-ignore
    const other = await judged('contradicted', [good, { ...good, fitted: 0.9 }]);
    expect(other.stdout).to.match(/contradicted, expected supported/);
    expect(other.status).to.equal(1);
  });

  it('says where there is no study', () => {
    const file = join(folder, 'tiny.json');
    writeFileSync(file, JSON.stringify(tinySweep()));
    const { status, stderr } = sweepCommand([file, '--judge']);
    expect(stderr).to.match(/^No study is made for the sweep 'tiny'; expected one of .*rates.*\.\n$/); // prettier-ignore
    expect(status).to.equal(2);
  });
});
