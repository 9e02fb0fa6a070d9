import { expect } from 'chai';
import { measureCommand } from '../../../src/cli/measure.js';
import { channelUnits } from '../../../src/cli/measure/arguments.js';

const on = ['w.npz', '--network', 'resnet-20', '--data', 'cifar-10'];

describe('the arguments of the measure command', () => {
  it('have defaults for all but weights, network and data', () => {
    const args = measureCommand.read(on)!;
    expect(args.loss.name).to.equal('logistic');
    expect(args.examples).to.equal(Infinity);
    expect(channelUnits(args, 3)).to.equal(undefined);
    expect([args.out, args.map, args.kktPairs]).to.deep.equal([undefined, undefined, undefined]);
    expect(measureCommand.read(['--help'])).to.equal(undefined);
  });

  it('take a mean and a deviation for all channels or for each', () => {
    const units = (...args: string[]) => channelUnits(measureCommand.read([...on, ...args])!, 3);
    expect(units('--mean', '0.5', '--std', '0.1,0.2,0.3')).to.deep.equal({
      mean: [0.5, 0.5, 0.5],
      deviation: [0.1, 0.2, 0.3],
    });
    expect(units('--mean', '-1')).to.deep.equal({ mean: [-1, -1, -1], deviation: [1, 1, 1] });
    expect(() => units('--std', '1,2')).to.throw('--std has 2 numbers; expected 1 or 3');
  });

  const mistakes: [string, string[], string][] = [
    ['no weights', on.slice(1), 'Expected one model or file of weights, got 0'],
    ['two files of weights', ['a.npz', ...on], 'Expected one model or file of weights, got 2'],
    [
      'no network',
      ['w.npz', '--data', 'cifar-10'],
      '--network names the network of w.npz: one of h-alexnet, ',
    ],
    ['a network beside a model', ['m.onnx', ...on.slice(1)], 'm.onnx describes its network; expected neither --network nor --map.'], // prettier-ignore
    ['no data', ['w.npz', '--network', 'resnet-20'], '--data names the data'],
    ['a mean that is none', [...on, '--mean', '1,,3'], "--mean is '1,,3'; expected numbers"],
    ['a deviation of zero', [...on, '--std', '0'], '--std has 0; expected positive numbers.'],
    ['an unknown loss', [...on, '--loss', 'hinge'], "There is no loss 'hinge'"],
    ['no whole number of examples', [...on, '--examples', '0'], "--examples is '0'"],
    ['an unknown option', [...on, '--epochs', '3'], 'the options are --network, --data'],
  ];
  for (const [title, args, message] of mistakes) {
    it(`are refused with ${title}`, () => {
      expect(() => measureCommand.read(args)).to.throw(message);
    });
  }
});
