import { expect } from 'chai';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { AnyRecord } from '../../src/records/index.js';
import {
  readManifest,
  readRecord,
  RECORD_FORMAT,
  requireRecordPlace,
  writeRecord,
  type RecordOrigin,
} from '../../src/records/node/index.js';
import { temporaryFolder } from '../notebooks/temporary-folder.js';

const origin: RecordOrigin = {
  spec: { kind: 'descent' },
  node: '20.0.0',
  linearAlgebra: 'plain',
  code: 'abc',
};

/** As much of a record as its folder asks for. */
const record = {
  kind: 'descent',
  c: 0.1,
  sampledLength: Float64Array.of(0, NaN, -0, Infinity),
  decades: Array.from({ length: 5 }, (_, k) => ({ from: 10 ** k, to: 10 ** (k + 1), length: 1 })),
} as unknown as AnyRecord;

describe('the folder of a record', () => {
  let parent: string;
  let folder: string;
  beforeEach(() => {
    parent = temporaryFolder('record-');
    folder = join(parent, 'record');
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  const path = (name: string) => join(folder, name);
  const bytes = () => ['record.json', 'arrays.npz'].map((name) => readFileSync(path(name)));

  it('is read as it was written, and nothing else is left', () => {
    writeRecord(folder, record, origin);
    expect(readRecord(folder)).to.deep.equal({ origin, record });
    expect(readdirSync(parent)).to.deep.equal(['record']);
    expect(readdirSync(folder).sort()).to.deep.equal(['arrays.npz', 'record.json']);
  });

  it('has the same bytes for the same record', () => {
    writeRecord(folder, record, origin);
    const first = bytes();
    writeRecord(folder, readRecord(folder).record, origin);
    bytes().forEach((again, k) => expect(again.equals(first[k])).to.equal(true));
  });

  it('is written behind a symbolic link, which stays', () => {
    const target = join(parent, 'target');
    mkdirSync(target);
    symlinkSync(target, folder);
    for (let times = 0; times < 2; times++) writeRecord(folder, record, origin);
    expect(lstatSync(folder).isSymbolicLink()).to.equal(true);
    expect(readRecord(target)).to.deep.equal({ origin, record });
    expect(readdirSync(parent).sort()).to.deep.equal(['record', 'target']);
  });

  it('is replaced as a whole, and kept where the new record is none', () => {
    writeRecord(folder, record, origin);
    const other: AnyRecord = { kind: 'unfinished', wanted: 'flow', message: 'It ended.' };
    writeRecord(folder, other, origin);
    expect(readRecord(folder).record).to.deep.equal(other);
    const wrong = { ...other, run: () => 1 };
    expect(() => writeRecord(folder, wrong, origin)).to.throw('The record’s run is a function');
    expect(readRecord(folder).record).to.deep.equal(other);
    expect(readdirSync(parent)).to.deep.equal(['record']);
  });

  it('is not written where it would take the place of something else', () => {
    mkdirSync(folder);
    requireRecordPlace(folder);
    requireRecordPlace(join(parent, 'new'));
    writeFileSync(path('thesis.tex'), 'years of work');
    expect(() => writeRecord(folder, record, origin)).to.throw(
      `${folder} holds 'thesis.tex'; expected a new folder, an empty one, or that of a record.`,
    );
    expect(existsSync(path('thesis.tex'))).to.equal(true);
  });

  const changed = (change: (head: Record<string, unknown>) => unknown) => () => {
    const head = JSON.parse(readFileSync(path('record.json'), 'utf8')) as Record<string, unknown>;
    writeFileSync(path('record.json'), JSON.stringify(change(head)));
  };
  const cut = (name: string) => () => {
    const whole = readFileSync(path(name));
    writeFileSync(path(name), whole.subarray(0, Math.floor(whole.length / 2)));
  };
  const damages: [string, () => void, RegExp][] = [
    [
      'a later format',
      changed((head) => ({ ...head, format: RECORD_FORMAT + 1 })),
      new RegExp(`record.json has the format ${RECORD_FORMAT + 1}; expected ${RECORD_FORMAT}\\.$`),
    ],
    ['no format', changed(() => ({ a: 1 })), /record\.json has the format none; expected 1\.$/],
    ['no record', changed(({ format, origin }) => ({ format, origin })), /record\.json has the /],
    ['nothing but null', changed(() => null), /record\.json has the format none; expected 1\.$/],
    [
      'another number',
      changed((head) => ({ ...head, origin: { ...(head.origin as object), node: '0' } })),
      /record\.json is damaged: its checksum is not that of what the folder holds\.$/,
    ],
    [
      'an unknown kind',
      changed((head) => ({ ...head, record: { kind: 'ascent' } })),
      /record\.json holds a record of the kind "ascent", which is unknown\.$/,
    ],
    [
      'an unknown form',
      changed((head) => ({ ...head, record: { kind: 'flow', a: { $matrix: 'a' } } })),
      /record\.json: a value has the form '\$matrix'; known are .*\.$/,
    ],
    [
      'a name of no array',
      changed((head) => ({ ...head, record: { kind: 'flow', a: { $array: 'lost' } } })),
      /record\.json: the array 'lost' is missing\.$/,
    ],
    ['half of its JSON', cut('record.json'), /record\.json is not whole: .*\.$/],
    ['half of its arrays', cut('arrays.npz'), /arrays\.npz: expected a complete \.npz archive/],
    ['no arrays', () => rmSync(path('arrays.npz')), /arrays\.npz: no such file/],
    ['no JSON', () => rmSync(path('record.json')), /record\.json: no such file/],
  ];
  for (const [what, damage, sentence] of damages) {
    it(`is told in one sentence where it has ${what}`, () => {
      writeRecord(folder, record, origin);
      damage();
      let message = '';
      try {
        readRecord(folder);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).to.match(sentence);
      expect(message.startsWith(folder)).to.equal(true);
      expect(message).not.to.contain('\n');
    });
  }

  it('is asked for in a sentence where a claim has none', () => {
    expect(() => readManifest(parent, 'alignment')).to.throw(
      `${join(parent, 'alignment.json')}: no such file; expected the records that`,
    );
  });
});
