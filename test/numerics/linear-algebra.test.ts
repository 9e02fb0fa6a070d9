import { expect } from 'chai';
import {
  algebraForOrder,
  algebraForProduct,
  linearAlgebraName,
  useNativeLinearAlgebra,
} from '../../src/numerics/linear-algebra.js';
import { installNativeLinearAlgebra } from '../../src/native/install.js';
import { plainLinearAlgebra } from '../../src/numerics/plain-linear-algebra.js';

describe('the choice of linear algebra', () => {
  const native = { ...plainLinearAlgebra, name: 'a library' };

  after(() => {
    installNativeLinearAlgebra();
  });

  it('is plain TypeScript at all sizes when no library is installed', () => {
    useNativeLinearAlgebra(undefined);
    expect(linearAlgebraName()).to.equal('plain TypeScript');
    expect(algebraForProduct(1e12)).to.equal(plainLinearAlgebra);
    expect(algebraForOrder(1000)).to.equal(plainLinearAlgebra);
  });

  it('is the library for large sizes and plain TypeScript for tiny ones', () => {
    useNativeLinearAlgebra(native);
    expect(linearAlgebraName()).to.equal('a library');
    expect(algebraForProduct(1e6)).to.equal(native);
    expect(algebraForProduct(8)).to.equal(plainLinearAlgebra);
    expect(algebraForOrder(100)).to.equal(native);
    expect(algebraForOrder(3)).to.equal(plainLinearAlgebra);
  });
});
