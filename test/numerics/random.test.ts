import { expect } from 'chai';
import { randomStream, type RandomStream } from '../../src/numerics/random.js';

const draw = (stream: RandomStream, count: number): number[] =>
  Array.from({ length: count }, () => stream.uniform());

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const covariance = mean(a.map((value, i) => (value - meanA) * (b[i] - meanB)));
  const variance = (values: readonly number[], center: number): number =>
    mean(values.map((value) => (value - center) ** 2));
  return covariance / Math.sqrt(variance(a, meanA) * variance(b, meanB));
}

/** Pearson's statistic of counts that should all be equal; about their number when they are. */
function chiSquare(counts: readonly number[]): number {
  const expected = mean(counts);
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** A change here changes every data set and every initialization: results would no longer repeat. */
const FROZEN = {
  uniform: [0.7421533257358056, 0.48885709649280107, 0.3911261414823146],
  normal: [0.828487844617812, 0.07009369995435101],
  integers: [9, 6, 888],
  shuffled: ['b', 'a', 'd', 'c'],
  split: 0.6535126857774702,
};

describe('random streams', () => {
  it('gives the numbers it has always given', () => {
    const stream = randomStream(1);
    expect(draw(stream, 3)).to.deep.equal(FROZEN.uniform);
    for (const normal of FROZEN.normal) expect(stream.normal()).to.be.closeTo(normal, 1e-15);
    expect([stream.integer(10), stream.integer(10), stream.integer(1000)]).to.deep.equal(
      FROZEN.integers,
    );
    expect(stream.shuffle(['a', 'b', 'c', 'd'])).to.deep.equal(FROZEN.shuffled);
    expect(stream.split('weights').split(2).uniform()).to.equal(FROZEN.split);
  });

  it('starts equal seeds alike and different seeds differently', () => {
    expect(draw(randomStream('seed'), 5)).to.deep.equal(draw(randomStream('seed'), 5));
    const firsts = Array.from({ length: 1000 }, (_, seed) => randomStream(seed).uniform());
    expect(new Set(firsts).size).to.equal(1000);
    expect(mean(firsts)).to.be.closeTo(0.5, 0.04);
  });

  it('spreads the first numbers of neighbouring seeds evenly', () => {
    const counts = new Array<number>(16).fill(0);
    for (let seed = 0; seed < 16_000; seed++)
      counts[Math.floor(randomStream(seed).uniform() * 16)]++;
    expect(chiSquare(counts)).to.be.below(40);
  });

  it('is uniform on [0, 1)', () => {
    const values = draw(randomStream('uniform'), 100_000);
    expect(Math.min(...values.slice(0, 1000))).to.be.at.least(0);
    expect(values.every((value) => value >= 0 && value < 1)).to.be.true;
    const counts = new Array<number>(100).fill(0);
    for (const value of values) counts[Math.floor(value * 100)]++;
    expect(chiSquare(counts)).to.be.below(150);
    expect(correlation(values.slice(1), values.slice(0, -1))).to.be.closeTo(0, 0.015);
  });

  it('uses all 53 bits', () => {
    const ones = new Array<number>(53).fill(0);
    for (const value of draw(randomStream('bits'), 4000)) {
      let bits = BigInt(value * 2 ** 53);
      for (let i = 0; i < 53; i++, bits >>= 1n) ones[i] += Number(bits & 1n);
    }
    for (const count of ones) expect(count).to.be.within(1800, 2200);
  });

  it('has normal numbers with the moments of the normal distribution', () => {
    const stream = randomStream('normal');
    const values = Array.from({ length: 100_000 }, () => stream.normal());
    expect(mean(values)).to.be.closeTo(0, 0.015);
    expect(mean(values.map((x) => x ** 2))).to.be.closeTo(1, 0.02);
    expect(mean(values.map((x) => x ** 4))).to.be.closeTo(3, 0.15);
    expect(mean(values.map((x) => (Math.abs(x) < 1.959963984540054 ? 1 : 0)))).to.be.closeTo(
      0.95,
      0.003,
    );
  });

  it('draws integers without bias, up to the largest range', () => {
    const stream = randomStream('integers');
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[stream.integer(7)]++;
    expect(chiSquare(counts)).to.be.below(25);
    expect(stream.integer(1)).to.equal(0);
    // With the plain remainder of a 53-bit number, the lower half would come twice as often.
    const large = Array.from({ length: 3000 }, () => stream.integer(3 * 2 ** 51));
    expect(large.filter((value) => value < 2 ** 51).length).to.be.within(900, 1100);
  });

  it('refuses ranges that hold no integer or too many', () => {
    for (const n of [0, -1, 1.5, NaN, 2 ** 53 + 2]) {
      expect(() => randomStream(1).integer(n)).to.throw(RangeError, 'integer(n) needs');
    }
  });

  it('splits by name alone, and leaves the parent undisturbed', () => {
    const fresh = randomStream(5);
    const used = randomStream(5);
    draw(used, 100);
    used.split('other').uniform();
    expect(draw(used.split('a'), 4)).to.deep.equal(draw(fresh.split('a'), 4));
    const untouched = randomStream(5);
    draw(untouched, 100);
    expect(used.uniform()).to.equal(untouched.uniform());
  });

  it('tells names, numbers and paths apart', () => {
    const root = randomStream(1);
    const firsts = [
      root.uniform(),
      root.split('a').uniform(),
      root.split('b').uniform(),
      root.split('a').split('b').uniform(),
      root.split('b').split('a').uniform(),
      root.split('a/b').uniform(),
      root.split('"a"/"b"').uniform(),
      root.split(1).uniform(),
      root.split('1').uniform(),
      randomStream('1').uniform(),
      randomStream('').uniform(),
      root.split('').uniform(),
    ];
    expect(new Set(firsts).size).to.equal(firsts.length);
  });

  it('has siblings, and parent and child, that are not correlated', () => {
    const parent = randomStream('family');
    const streams = [parent, ...['a', 'b', 0, 1, 2].map((name) => parent.split(name))];
    const numbers = streams.map((stream) => draw(stream, 20_000));
    for (let i = 0; i < numbers.length; i++) {
      for (let j = 0; j < i; j++) {
        expect(correlation(numbers[i], numbers[j])).to.be.closeTo(0, 0.03);
      }
    }
  });

  it('shuffles into a new array, every order equally likely', () => {
    const stream = randomStream('shuffle');
    const letters = ['a', 'b', 'c', 'd'];
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = stream.shuffle(letters).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(letters).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(counts.size).to.equal(24);
    expect(chiSquare([...counts.values()])).to.be.below(55);
    expect(stream.shuffle([])).to.deep.equal([]);
  });
});
