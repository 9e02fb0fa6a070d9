import { expect } from 'chai';
import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFolderLocked, lockFolder, lockFolderNow } from '../../src/files/folder-lock.js';

describe('a locked folder', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-lock-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const nobodyWaits = () => expect.fail('Nobody holds the lock.');

  it('names its holder until that lets go', async () => {
    const place = join(folder, 'made', 'for it');
    const unlock = await lockFolder(place, nobodyWaits);
    expect(readFileSync(join(place, 'lock'), 'utf8')).to.equal(String(process.pid));
    expect(isFolderLocked(place)).to.equal(true);
    unlock!();
    expect(isFolderLocked(place)).to.equal(false);
    expect(readdirSync(place)).to.deep.equal([]);
  });

  it('is held at once or not at all, where nobody is to wait', () => {
    const unlock = lockFolderNow(folder);
    expect(isFolderLocked(folder)).to.equal(true);
    expect(lockFolderNow(folder)).to.equal(undefined);
    unlock!();
    expect(isFolderLocked(folder)).to.equal(false);
    const again = lockFolderNow(folder);
    // Another process has taken over: its lock is left alone.
    writeFileSync(join(folder, 'lock'), '1');
    again!();
    expect(readFileSync(join(folder, 'lock'), 'utf8')).to.equal('1');
  });

  it('is waited for until the signal is given', async () => {
    const unlock = await lockFolder(folder, nobodyWaits);
    const signal = { aborted: false };
    expect(await lockFolder(folder, () => (signal.aborted = true), signal)).to.equal(undefined);
    expect(isFolderLocked(folder)).to.equal(true);
    unlock!();
  });

  it('is taken from a holder who has said nothing for two minutes', async () => {
    const unlock = await lockFolder(folder, nobodyWaits);
    const long = new Date(Date.now() - 121_000);
    utimesSync(join(folder, 'lock'), long, long);
    let waits = 0;
    (await lockFolder(folder, () => waits++))!();
    expect(waits).to.be.at.most(1);
    unlock!();
  });
});
