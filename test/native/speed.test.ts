import { expect } from 'chai';
import { measureCrossover, measureSpeed } from '../../src/native/speed.js';
import { plainLinearAlgebra as plain, type LinearAlgebra } from '../../src/numerics/index.js';

describe('measuring speed', () => {
  it('gives figures a machine can have', () => {
    const { gigaflops, callMicroseconds } = measureSpeed(plain, 0.02);
    expect(gigaflops).to.be.within(0.01, 1000);
    expect(callMicroseconds).to.be.within(0, 100);
  });

  it('finds no size from which a slower implementation wins', () => {
    const slow: LinearAlgebra = {
      ...plain,
      gemm: (...args) => {
        for (let i = 0; i < 30; i++) plain.gemm(...args);
      },
      luFactor: (n, a, pivots) => {
        for (let i = 0; i < 30; i++) plain.luFactor(n, a.slice(), pivots);
        return plain.luFactor(n, a, pivots);
      },
    };
    expect(measureCrossover(slow, 0.001)).to.deep.equal({
      multiplyAdds: undefined,
      luOrder: undefined,
    });
  });
});
