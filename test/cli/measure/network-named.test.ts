import { expect } from 'chai';
import { networkFrom, networkNamed, networkNames } from '../../../src/cli/measure/network-named.js';
import { imageNetwork, parts } from '../../../src/networks/index.js';

const image = { channels: 1, height: 6, width: 6 };
const dense = { kind: 'dense', units: 2 };

describe('the network of a description', () => {
  it('has a name for every preset', () => {
    for (const name of networkNames) expect(networkNamed(name).outputs).to.equal(10);
    expect(() => networkNamed('vgg')).to.throw(
      "--network is 'vgg'; expected one of h-alexnet, h-alexnet-small, resnet-20,",
    );
    expect(() => networkNamed('/no/such.json')).to.throw('/no/such.json: no such file.');
  });

  it('has the parts of the file, and what is left out by default', () => {
    const found = networkFrom(
      {
        image,
        parts: [
          { kind: 'convolution', filters: 3 },
          { kind: 'batch-norm' },
          { kind: 'relu' },
          { kind: 'max-pool' },
          { kind: 'residual', branch: [{ kind: 'convolution', filters: 3, kernel: 1 }] },
          { kind: 'concatenate', branch: [{ kind: 'average-pool', size: 1 }] },
          { kind: 'flatten' },
          dense,
        ],
      },
      'mine.json',
    );
    const { convolution, batchNorm, relu, maxPool, residual, concatenate, averagePool, flatten } =
      parts;
    const expected = imageNetwork('mine', image, [
      convolution(3),
      batchNorm(),
      relu,
      maxPool(),
      residual([convolution(3, { kernel: 1 })]),
      concatenate([averagePool(1)]),
      flatten,
      parts.dense(2),
    ]);
    expect(found).to.deep.equal(expected);
  });

  it('may be of a kind that has sizes of its own, and name a schema', () => {
    const found = networkFrom(
      { $schema: 'x.json', kind: 'resnet', image, classes: 3, widths: [2], blocks: 1 },
      'mine.json',
    );
    expect(found.name).to.equal('ResNet-4 1×6×6, 2');
    expect(
      networkFrom({ $schema: 'x.json', image, parts: [{ kind: 'flatten' }] }, 'n.json').name,
    ).to.equal('n');
  });

  const refused: [string, unknown, string][] = [
    ['no object', [], 'n.json: the file is []; expected an object with image and parts.'],
    ['no image', { parts: [] }, 'n.json: image is missing; expected an object with channels'],
    [
      'an unknown part',
      { image, parts: [{ kind: 'dropout' }] },
      'n.json: parts[0].kind is "dropout"; expected an object with a kind: convolution, dense',
    ],
    [
      'a size that is none',
      { image, parts: [{ kind: 'residual', branch: [{ kind: 'dense', units: 1.5 }] }] },
      'n.json: parts[0].branch[0].units is 1.5; expected a whole number of at least 1.',
    ],
    [
      'an unknown key',
      { image, parts: [{ ...dense, activation: 'relu' }] },
      'n.json: parts[0].activation is not a known key; expected one of kind, units, bias.',
    ],
    [
      'sizes that nothing says',
      { kind: 'resnet', image },
      'n.json: classes is missing; expected a whole number',
    ],
    ['parts that do not fit', { image, parts: [dense] }, "n.json: dense 1 of 'n' is given 1×6×6"],
  ];
  for (const [title, raw, message] of refused) {
    it(`is refused with ${title}, by its place`, () => {
      expect(() => networkFrom(raw, 'n.json')).to.throw(message);
    });
  }
});
