import { expect } from 'chai';
import {
  decodeSweep,
  encodeSweep,
  isTrueIn,
  numberIn,
  numbersIn,
  rowsBy,
  textIn,
  type SweepTable,
} from '../../src/records/index.js';

const table: SweepTable = {
  columns: [
    { name: 'run', type: 'whole' },
    { name: 'margin', type: 'number' },
    { name: 'message', type: 'text' },
    { name: 'certified', type: 'flag' },
    { name: 'lengths', type: 'numbers' },
  ],
  rows: [
    { run: 0, margin: 0.1, message: 'α = 10⁷', certified: true, lengths: [1, 0.5] },
    { run: 1, margin: Infinity, message: '', certified: false, lengths: [] },
    { run: 2, margin: null, message: null, certified: null, lengths: null },
  ],
  about: { sweep: '{"name":"small"}' },
};

describe('a table of a sweep', () => {
  it('comes back from Parquet as it was, to the last bit', async () => {
    expect(await decodeSweep(await encodeSweep(table))).to.deep.equal(table);
  });

  it('is the same bytes each time', async () => {
    expect(await encodeSweep(table)).to.deep.equal(await encodeSweep(structuredClone(table)));
  });

  it('has nothing where nothing was measured', async () => {
    const rows = [{ ...table.rows[0], margin: NaN }];
    const back = await decodeSweep(await encodeSweep({ ...table, rows }));
    expect(back.rows[0].margin).to.equal(null);
    expect(numberIn(back.rows[0], 'margin')).to.be.NaN;
  });

  it('without rows has its columns', async () => {
    expect(await decodeSweep(await encodeSweep({ ...table, rows: [] }))).to.deep.equal({ ...table, rows: [] }); // prettier-ignore
  });

  it('is read by columns, whatever stands there', () => {
    const [full, , empty] = table.rows;
    expect([textIn(full, 'message'), textIn(empty, 'message')]).to.deep.equal(['α = 10⁷', '']);
    expect([isTrueIn(full, 'certified'), isTrueIn(empty, 'certified')]).to.deep.equal([true, false]); // prettier-ignore
    expect([numbersIn(full, 'lengths'), numbersIn(empty, 'lengths')]).to.deep.equal([[1, 0.5], []]);
    expect([...rowsBy(table.rows, 'certified').keys()]).to.deep.equal([true, false, null]);
  });

  it('that is none is told in a sentence', async () => {
    for (const bytes of [
      new Uint8Array(0),
      new TextEncoder().encode('{"no": "table"}'),
      (await encodeSweep(table)).slice(0, -9),
    ]) {
      // prettier-ignore
      const said = await decodeSweep(bytes, 'a.parquet').then(
        () => '',
        (error: Error) => error.message,
      );
      expect(said).to.match(/^a\.parquet cannot be read as a table of a sweep: .*\.$/);
    }
  });
});
