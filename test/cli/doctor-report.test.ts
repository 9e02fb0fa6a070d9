import { expect } from 'chai';
import { formatItems, verdict } from '../../src/cli/doctor-report.js';

describe("the doctor's report", () => {
  it('aligns what it found in a column', () => {
    const items = [
      { name: 'Node', value: '20.19.0' },
      { name: 'linear algebra', value: 'plain TypeScript' },
    ];
    expect(formatItems(items)).to.equal(
      'Node            20.19.0\nlinear algebra  plain TypeScript',
    );
    expect(formatItems([])).to.equal('');
  });

  it('is content when nothing required is broken', () => {
    const { status } = verdict([{ name: 'Chromium', value: 'not found' }]);
    expect(status).to.equal(0);
  });

  it('names what is broken and exits with 1', () => {
    const { status, sentence } = verdict([
      { name: 'Node', value: '18.0.0', broken: true },
      { name: 'Python', value: 'Python 3.13', broken: false },
      { name: 'kernel', value: 'missing', broken: true },
    ]);
    expect(status).to.equal(1);
    expect(sentence).to.contain('Node, kernel;');
  });
});
