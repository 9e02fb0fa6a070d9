import { expect } from 'chai';
import { surfaceSlider } from '../../src/charts/index.js';
import { toSvg } from '../../src/charts/svg.js';
import { makeDataset } from '../../src/datasets/index.js';
import { planeScores } from '../../src/metrics/index.js';
import { squaredRelu, twoLayer } from '../../src/networks/index.js';

const WORDS = { name: 'slider', title: 'A slider', caption: 'Two places.' };

describe('surfaceSlider', () => {
  const data = makeDataset({
    name: 'two',
    source: 'made up',
    dimension: 2,
    classes: 2,
    inputs: [1, 1, -1, 1, -1, -1, 1, -1],
    labels: [1, -1, 1, -1],
  });
  const network = twoLayer(2, 2, squaredRelu);
  const direction = Float64Array.of(0.5, 0.5, -0.5, 0.5, 0.5, -0.5);
  const moment = (alpha: number) => ({
    title: '',
    direction,
    margin: 0.1,
    alpha,
    margins: [0.3, 0.1, 0.2, -0.1],
  });
  const draw = (alphas: readonly number[]) => {
    const moments = alphas.map(moment);
    return surfaceSlider(WORDS, data, planeScores(network, data, moments), moments);
  };

  it('is drawn at its first place, with a slider over all of them', async () => {
    const figure = draw([0.1, 10, 2.5e6]);
    const { params } = figure.spec as { params: { bind: object; value: number }[] };
    expect(params[0].value).to.equal(0);
    expect(params[0].bind).to.include({
      min: 0,
      max: 2,
      step: 1,
      name: 'Slide: α from 0.1 to 2.5 × 10⁶ ',
    });
    const svg = await toSvg(figure);
    expect(svg).to.include('α = 0.1, loss about 0.64');
    expect(svg).not.to.include('α = 10,');
  });

  it('says how small the loss is', () => {
    const text = JSON.stringify(draw([10, 1e5, 1e7]).spec);
    expect(text).to.include('α = 10, loss about 10⁻⁴');
    expect(text).to.include('α = 10⁵, loss about 10⁻⁴³⁴²⁹');
    expect(text).to.include('α = 10⁷, loss about 10⁻⁴³⁴²⁹⁴⁵');
  });

  it('shows the margins of a place from the smallest up', () => {
    const values = JSON.stringify(draw([1]).spec).match(
      /"margin":[-\d.]+,"label":"[^"]+","rank":\d/g,
    );
    expect(values).to.deep.equal([
      '"margin":-0.1,"label":"y = −1","rank":1',
      '"margin":0.1,"label":"y = −1","rank":2',
      '"margin":0.2,"label":"y = +1","rank":3',
      '"margin":0.3,"label":"y = +1","rank":4',
    ]);
  });

  it('refuses what does not belong together, or is too much for a notebook', () => {
    const scores = planeScores(network, data, [moment(1)]);
    expect(() => surfaceSlider(WORDS, data, scores, [])).to.throw(
      'surfaceSlider: 1 maps and 0 moments; expected one of each for every place of the slider.',
    );
    const many = Array<number>(15_000).fill(0.1);
    const moments = [1, 10].map((alpha) => ({ ...moment(alpha), margins: many }));
    const two = planeScores(network, data, moments);
    expect(() => surfaceSlider(WORDS, data, two, moments)).to.throw(
      /^surfaceSlider: 2 places make \d+ characters, more than 1000000; expected fewer places\.$/,
    );
  });
});
