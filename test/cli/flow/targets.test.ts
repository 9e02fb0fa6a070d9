import { expect } from 'chai';
import { targetsFrom, targetsWith } from '../../../src/cli/flow/targets.js';

describe('the targets of a run', () => {
  it('are those of the file with those wished for, in order and each once', () => {
    expect(targetsWith([10, 100], { targets: [50, 100, 1e6] })).to.deep.equal([10, 50, 100, 1e6]);
  });

  it('go on by decades, from decimal digits', () => {
    expect(targetsWith([10, 3e5], { decades: 3 })).to.deep.equal([10, 3e5, 3e6, 3e7, 3e8]);
    expect(targetsWith([10], { targets: [1e22], decades: 1 })).to.deep.equal([10, 1e22, 1e23]);
  });

  it('have no decade after a number that is not above 0', () => {
    expect(() => targetsWith([-5], { decades: 1 })).to.throw(
      '--decades goes on from a target above 0',
    );
  });

  it('are read from a list', () => {
    expect(targetsFrom('-1, 2.5,1e3')).to.deep.equal([-1, 2.5, 1e3]);
    for (const text of ['', '1,,2', '2,1', 'a', '1e999']) {
      expect(() => targetsFrom(text)).to.throw(
        `--targets is '${text}'; expected increasing numbers`,
      );
    }
  });
});
