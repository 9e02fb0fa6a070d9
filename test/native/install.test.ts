import { expect } from 'chai';
import { installNativeLinearAlgebra } from '../../src/native/install.js';
import { openblasCandidates } from '../../src/native/find-openblas.js';
import { algebraForProduct, linearAlgebraName } from '../../src/numerics/linear-algebra.js';
import { plainLinearAlgebra } from '../../src/numerics/plain-linear-algebra.js';
import { anyLibrary } from './library.js';

describe('installing native linear algebra', () => {
  after(() => {
    installNativeLinearAlgebra();
  });

  it('leaves plain TypeScript in use, and says why, when nothing can be loaded', () => {
    const installation = installNativeLinearAlgebra([
      { candidate: 'first', reason: 'not wanted' },
      { candidate: 'second', path: '/no/such/library.so' },
    ]);
    expect(installation.name).to.equal('plain TypeScript');
    expect(installation.path).to.equal(undefined);
    expect(installation.tried[0]).to.deep.equal({ candidate: 'first', outcome: 'not wanted' });
    expect(installation.tried[1].candidate).to.equal('second: /no/such/library.so');
    expect(installation.tried[1].outcome).to.match(/\S/);
    expect(algebraForProduct(1e9)).to.equal(plainLinearAlgebra);
  });

  it('takes the first library that loads and gives right results', function () {
    if (anyLibrary() === undefined) this.skip();
    const candidates = [
      { candidate: 'bad', path: '/no/such/library.so' },
      ...openblasCandidates({}),
    ];
    const { name, path, tried, algebra } = installNativeLinearAlgebra(candidates);
    expect(path).to.be.a('string');
    expect(linearAlgebraName()).to.equal(name);
    expect(algebraForProduct(1e9)).to.equal(algebra);
    expect(tried.at(-1)?.outcome).to.equal('in use');
    expect(tried[0].outcome).not.to.equal('in use');
  });

  it('warns of what the environment asks for in vain, and of nothing else', () => {
    const before = process.env.AFTERFIT_THREADS;
    const warningsFor = (threads: string, blas: string) => {
      process.env.AFTERFIT_THREADS = threads;
      return installNativeLinearAlgebra(openblasCandidates({ AFTERFIT_BLAS: blas })).warnings;
    };
    try {
      for (const threads of ['', '1', '2']) expect(warningsFor(threads, 'plain')).to.be.empty;
      for (const threads of ['0', '-1', '1.5', 'many']) {
        expect(warningsFor(threads, 'plain')).to.deep.equal([
          `AFTERFIT_THREADS is '${threads}', not a whole number of at least 1; one thread is used.`,
        ]);
      }
      const warnings = warningsFor('1', '/no/such/library.so');
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.match(
        /^AFTERFIT_BLAS is '\/no\/such\/library\.so', which is of no use/,
      );
    } finally {
      if (before === undefined) delete process.env.AFTERFIT_THREADS;
      else process.env.AFTERFIT_THREADS = before;
    }
  });

  it('takes the number of threads from AFTERFIT_THREADS', function () {
    if (anyLibrary() === undefined) this.skip();
    const before = process.env.AFTERFIT_THREADS;
    try {
      process.env.AFTERFIT_THREADS = '1';
      const { threads, name } = installNativeLinearAlgebra(openblasCandidates({}));
      expect(threads).to.equal(1);
      expect(name).to.contain('(1 thread)');
      process.env.AFTERFIT_THREADS = 'many';
      expect(() => installNativeLinearAlgebra(openblasCandidates({}))).not.to.throw();
    } finally {
      if (before === undefined) delete process.env.AFTERFIT_THREADS;
      else process.env.AFTERFIT_THREADS = before;
    }
  });
});
