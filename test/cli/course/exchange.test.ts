import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { dirname, join } from 'node:path';
import { giveBack, handOut } from '../../../src/cli/course/exchange.js';
import { temporaryFolder } from '../../notebooks/temporary-folder.js';

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o600 });
}

describe('the exchange of a class', () => {
  let folder = '';
  let course = '';
  let exchange = '';
  beforeEach(() => {
    folder = temporaryFolder('exchange-');
    course = join(folder, 'course');
    exchange = join(folder, 'exchange');
    for (const name of ['outbound', 'inbound', 'feedback']) {
      mkdirSync(join(exchange, name), { recursive: true });
    }
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gets a release that everybody may read, in the place of an earlier one', () => {
    write(join(course, 'release', 'ps1', 'ps1.ipynb'), 'first');
    write(join(course, 'release', 'ps1', 'data', 'table.csv'), 'x');
    handOut(course, 'ps1', exchange);
    rmSync(join(course, 'release', 'ps1', 'data'), { recursive: true });
    write(join(course, 'release', 'ps1', 'ps1.ipynb'), 'second');
    handOut(course, 'ps1', exchange);
    const place = join(exchange, 'outbound', 'ps1');
    expect(readdirSync(join(exchange, 'outbound'))).to.deep.equal(['ps1']);
    expect(readdirSync(place)).to.deep.equal(['ps1.ipynb']);
    expect(readFileSync(join(place, 'ps1.ipynb'), 'utf8')).to.equal('second');
    expect(statSync(join(place, 'ps1.ipynb')).mode & 0o777).to.equal(0o644);
    expect(statSync(place).mode & 0o777).to.equal(0o755);
  });

  it('has feedback under the secret of the submission that was graded, and no other', () => {
    const handedIn = (name: string, notebook: string, secret: string) => {
      write(join(exchange, 'inbound', name, 'ps1.ipynb'), notebook);
      write(join(exchange, 'inbound', name, 'submission_secret.txt'), secret);
    };
    write(join(course, 'feedback', 'ada', 'ps1', 'ps1.html'), 'page');
    write(join(course, 'submitted', 'ada', 'ps1', 'ps1.ipynb'), 'graded');
    handedIn('ada+ps1+1+x', 'graded', 'one');
    handedIn('ada+ps1+2+x', 'later', 'two');
    handedIn('bob+ps1+1+x', 'graded', 'three');
    expect(giveBack(course, 'ps1', 'ada', exchange)).to.equal(true);
    // nbgrader.utils.notebook_hash: MD5 of the secret and the notebook's name.
    const name = createHash('md5').update('oneps1').digest('hex');
    expect(readdirSync(join(exchange, 'feedback'))).to.deep.equal([`${name}.html`]);
    expect(giveBack(course, 'ps1', 'bob', exchange)).to.equal(false);
  });

  it('follows no link that a student has put there', () => {
    write(join(folder, 'graded.ipynb'), 'graded');
    write(join(course, 'feedback', 'ada', 'ps1', 'ps1.html'), 'page');
    write(join(course, 'submitted', 'ada', 'ps1', 'ps1.ipynb'), 'graded');
    const own = join(exchange, 'inbound', 'ada+ps1+1+x');
    write(join(own, 'submission_secret.txt'), 'one');
    symlinkSync(join(folder, 'graded.ipynb'), join(own, 'ps1.ipynb'));
    expect(giveBack(course, 'ps1', 'ada', exchange)).to.equal(false);
  });
});
