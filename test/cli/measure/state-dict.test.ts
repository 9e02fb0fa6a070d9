import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { networkFrom } from '../../../src/cli/measure/network-named.js';
import { loadStateDict } from '../../../src/cli/measure/state-dict.js';
import { readNpz, type NumericArray } from '../../../src/datasets/index.js';
import { logisticLoss, objective } from '../../../src/losses/index.js';
import { imageEvaluator, slotsOf } from '../../../src/networks/index.js';
import { relativeError } from '../../helpers/finite-differences.js';
import { fixture } from './fixtures.js';

const network = networkFrom(
  JSON.parse(readFileSync(fixture('small-resnet.json'), 'utf8')),
  'small-resnet.json',
);
const arrays = readNpz(fixture('small-resnet.npz'));
const byTorch = readNpz(fixture('small-resnet-expected.npz'));
const { values: inputs } = byTorch.get('inputs')!;

describe('a PyTorch state dict', () => {
  const loaded = loadStateDict(network, arrays, 'w.npz');
  const evaluator = imageEvaluator(network, inputs, loaded.statistics);

  it('gives the scores that PyTorch gives in evaluation mode', () => {
    const { values } = byTorch.get('outputs')!;
    expect(relativeError(evaluator.outputs(loaded.theta), values)).to.be.below(1e-13);
  });

  it('gives the risk and the gradient of the cross-entropy that PyTorch gives', () => {
    const labels = byTorch.get('labels')!.values;
    const at = objective(network, inputs, labels, logisticLoss, 3, evaluator);
    const { alpha, gradient } = at.evaluate(loaded.theta, 1);
    const risk = byTorch.get('risk')!.values[0];
    expect(Math.exp(at.loss.logRisk(alpha)) / risk).to.be.closeTo(1, 1e-13);
    const slope = Math.exp(at.loss.logSlope(alpha));
    for (const [name, place] of loaded.mapping) {
      const expected = byTorch.get(`gradient.${name}`);
      if (!expected) continue;
      const { offset } = slotsOf(network).find((slot) => slot.name === place)!;
      const own = gradient.slice(offset, offset + expected.values.length).map((g) => -slope * g);
      const size = Math.max(...expected.values.map(Math.abs));
      own.forEach((g, k) => {
        expect(g, name).to.be.closeTo(expected.values[k], 1e-12 * Math.max(size, 1));
      });
    }
  });

  it('is mapped by its order, with the statistics of its batch norms', () => {
    expect(loaded.mapping.slice(0, 6)).to.deep.equal([
      ['conv.weight', 'convolution 1'],
      ['conv.bias', 'convolution 1 bias'],
      ['bn.weight', 'batch norm 1 scale'],
      ['bn.bias', 'batch norm 1 shift'],
      ['bn.running_mean', 'batch norm 1 mean'],
      ['bn.running_var', 'batch norm 1 variance'],
    ]);
    expect(loaded.mapping.map(([name]) => name)).to.include('block.shortcut.1.running_var');
    expect(loaded.statistics).to.have.length(network.statistics);
  });

  describe('in another order', () => {
    const shuffled = new Map([...arrays].reverse());

    it('is refused where shapes or kinds do not agree', () => {
      expect(() => loadStateDict(network, shuffled, 'w.npz')).to.throw(
        "w.npz: fc2.bias is 3; expected convolution 1 (4×2×3×3, …weight), the next of 'small ResNet' (--map can say what goes where).",
      );
    });

    it('finds its way by names, of which some are enough', () => {
      const names = Object.fromEntries(loaded.mapping);
      expect(loadStateDict(network, shuffled, 'w.npz', names)).to.deep.equal(loaded);
      const swapped = new Map([...arrays].filter(([name]) => name !== 'fc1.bias'));
      swapped.set('fc1.bias', arrays.get('fc1.bias')!);
      const found = loadStateDict(network, swapped, 'w.npz', { 'fc1.bias': 'dense 1 bias' });
      expect(found.theta).to.deep.equal(loaded.theta);
    });
  });

  const changed = (change: (copy: Map<string, NumericArray>) => void, names = {}) => {
    const copy = new Map(arrays);
    change(copy);
    return () => loadStateDict(network, copy, 'w.npz', names);
  };
  const array = (...shape: number[]): NumericArray => ({
    shape,
    values: new Float64Array(shape.reduce((a, b) => a * b, 1)),
    type: 'float32',
  });

  it('is refused with the name and the shape of an array that does not fit', () => {
    expect(changed((copy) => copy.set('fc1.weight', array(24, 5)))).to.throw(
      'w.npz: fc1.weight is 24×5; expected dense 1 (5×24, …weight)',
    );
    expect(changed((copy) => copy.set('bn.weight', array(5)))).to.throw(
      'w.npz: bn.weight is 5; expected batch norm 1 scale (4, …weight)',
    );
  });

  it('is refused where a kind is missing, though the next has the same shape', () => {
    expect(changed((copy) => copy.delete('bn.weight'))).to.throw(
      'w.npz: bn.bias is 4; expected batch norm 1 scale (4, …weight)',
    );
    expect(changed((copy) => copy.delete('fc2.bias'))).to.throw(
      "w.npz: expected an array for dense 2 bias (3, …bias) of 'small ResNet', and none is left.",
    );
  });

  it('is refused with the names of arrays that fit nothing, unless the map leaves them out', () => {
    const more = (copy: Map<string, NumericArray>) => copy.set('extra', array(2, 3)).set('n', array()); // prettier-ignore
    expect(changed(more)).to.throw(
      "w.npz: nothing in 'small ResNet' is left for extra (2×3), n (one number);",
    );
    expect(changed(more, { extra: null, n: null })()).to.deep.equal(loaded);
  });

  it('is refused where it is not finite, or a variance is negative', () => {
    const first = (name: string, value: number) => (copy: Map<string, NumericArray>) => {
      const values = copy.get(name)!.values.slice();
      values[2] = value;
      copy.set(name, { ...copy.get(name)!, values });
    };
    expect(changed(first('fc1.weight', NaN))).to.throw(
      'w.npz: fc1.weight has NaN as number 2; expected finite numbers.',
    );
    expect(changed(first('bn.running_var', -1))).to.throw(
      'w.npz: bn.running_var has -1 as number 2; expected finite numbers of at least 0.',
    );
  });

  it('is refused with a map that names what is not there, or a place twice', () => {
    const named = (names: Record<string, string | null>) => changed(() => {}, names);
    expect(named({ none: null })).to.throw('--map: w.npz has no array none.');
    expect(named({ 'fc1.bias': 'dense 9' })).to.throw(
      "--map: fc1.bias goes to 'dense 9'; expected one of convolution 1, convolution 1 bias,",
    );
    expect(named({ 'bn.bias': 'batch norm 1 shift', 'bn.weight': 'batch norm 1 shift' })).to.throw(
      "--map: both bn.bias and bn.weight go to 'batch norm 1 shift'.",
    );
    expect(named({ 'fc1.bias': 'dense 1' })).to.throw(
      'w.npz: fc1.bias is 5; expected 5×24, the shape of dense 1.',
    );
  });
});
