import { expect } from 'chai';
import {
  imageLayerKinds,
  imageNetwork,
  imageNodeKinds,
  nodeKindOf,
  slotsOf,
  type Part,
} from '../../src/networks/index.js';
import { imageCases } from '../helpers/image-networks.js';

const cases = imageCases();

describe('the kinds of image layers', () => {
  it('are each found by the name of their parts and by that of their nodes', () => {
    for (const [part, kind] of imageLayerKinds) {
      expect(kind.part).to.equal(part);
      expect(imageNodeKinds.get(kind.node)).to.equal(kind);
    }
  });

  it('each occur in a network that the engines are tried with', () => {
    const tried = new Set(cases.flatMap(({ network }) => network.nodes.map(({ kind }) => kind)));
    const described = [...imageLayerKinds.values()].map(({ node }) => node);
    expect([...tried].sort()).to.deep.equal(['input', ...described].sort());
  });

  it('tell slots that fill all parameters and statistics, each once', () => {
    for (const { network } of cases) {
      const counts = { parameters: 0, statistics: 0 };
      const filled = { parameters: new Set<number>(), statistics: new Set<number>() };
      for (const { shape, offset, into } of slotsOf(network)) {
        const size = shape.reduce((product, length) => product * length, 1);
        counts[into] += size;
        for (let i = 0; i < size; i++) filled[into].add(offset + i);
      }
      const { parameters, statistics } = network;
      expect(counts).to.deep.equal({ parameters, statistics });
      expect([filled.parameters.size, filled.statistics.size]).to.deep.equal([
        parameters,
        statistics,
      ]);
    }
  });

  it('tell statistics for what statistics are theirs', () => {
    for (const { network } of cases) {
      const spans = network.nodes.flatMap((node) => nodeKindOf(node).statistics?.(node) ?? []);
      const total = spans.reduce((sum, { channels }) => sum + 2 * channels, 0);
      expect(total).to.equal(network.statistics);
    }
  });

  it('have a sentence for what is none of them', () => {
    const image = { channels: 1, height: 4, width: 4 };
    const odd = { kind: 'soft-max' } as unknown as Part;
    expect(() => imageNetwork('odd', image, [odd])).to.throw(
      "'odd' has a part of the kind 'soft-max'; expected one of convolution, dense, relu, max-pool, average-pool, global-average-pool, batch-norm, flatten, residual, concatenate.",
    );
  });
});
