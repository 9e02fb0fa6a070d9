import { parseXml } from '@rgrove/parse-xml';
import { expect } from 'chai';
import { atMost, judgeClaim, reported, type Claim } from '../../src/claims/index.js';
import { makeDataset } from '../../src/datasets/index.js';
import { mimeBundle, type Figure } from '../../src/charts/index.js';
import { followFlow, type FlowResult } from '../../src/flows/index.js';
import { deep, imageNetwork, parts, relu } from '../../src/networks/index.js';
import {
  mimeBundleOf,
  ownVerdict,
  verdictTable,
  type MimeBundle,
} from '../../src/notebook/index.js';
import { train } from '../../src/training/index.js';
import { madeUpImageRun } from '../helpers/made-up-image-run.js';
import { arcs } from '../helpers/small-problems.js';
import { plane } from '../helpers/small-trainings.js';

function shown(value: unknown): MimeBundle {
  return mimeBundleOf(value) as MimeBundle;
}

/** The lines of a value's text, with single spaces. */
function linesOf(value: unknown): string[] {
  const text = shown(value)['text/plain'] as string;
  return text.split('\n').map((line) => line.trim().replace(/[^\S\u00a0]+/g, ' '));
}

/** Cells of the table in a value's HTML, row by row. */
function cellsOf(value: unknown): string[][] {
  const rows = (shown(value)['text/html'] as string).split('<tr>').slice(1);
  return rows.map((row) => [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, text]) => text));
}

function smallFlow(): FlowResult {
  const { at, theta0 } = arcs();
  return followFlow(at, theta0, { tolerance: 1e-6, targets: [10, 100], maxSteps: 2000 });
}

describe('a figure in a cell', () => {
  const figure: Figure = {
    name: 'one',
    title: 'Title',
    caption: 'What to see.',
    kind: 'vega-lite',
    spec: {
      mark: 'line',
      data: { values: [1, 2].map((x) => ({ x, y: x ** 2 })) },
      encoding: {
        x: { field: 'x', type: 'quantitative', title: 'x' },
        y: { field: 'y', type: 'quantitative', title: 'y' },
      },
    },
  };
  const plotly: Figure = { ...figure, kind: 'plotly', title: '', spec: { data: [], layout: {} } };
  const numbers = 'y, over x from 1 to 2\n  from 1 to 4';

  it('is drawn, with a still picture and its words', () => {
    const forms = shown(figure);
    expect(forms).to.have.keys([...Object.keys(mimeBundle(figure)), 'image/svg+xml', 'text/plain']);
    for (const [mime, form] of Object.entries(mimeBundle(figure))) {
      expect(forms[mime]).to.deep.equal(form);
    }
    expect(forms['text/plain']).to.equal(`Title\nWhat to see.\n${numbers}`);
    const svg = forms['image/svg+xml'] as string;
    expect(svg).to.match(
      /^<svg [^>]*role="img" aria-label="Title. What to see." style="max-width:100%/,
    );
    expect(svg).to.contain('<title>Title</title><desc>What to see.</desc>');
    expect(svg.match(/aria-roledescription="line mark"/g)).to.have.length(1);
  });

  it('escapes its words, where they stand in a picture', () => {
    const odd = { ...figure, title: 'a < b & "c"' };
    const svg = shown(odd)['image/svg+xml'] as string;
    expect(svg).to.contain('<title>a &lt; b &amp; &quot;c&quot;</title>');
    expect(() => parseXml(svg)).to.not.throw();
  });

  it('shows its twin where it turns, and no picture without one', () => {
    const turned = shown({ ...plotly, twin: { ...figure, name: 'twin' } });
    expect(turned['image/svg+xml']).to.contain('<desc>What to see.</desc>');
    expect(turned['text/plain']).to.equal(`What to see.\n${numbers}`);
    expect(shown(plotly)).to.deep.equal({ ...mimeBundle(plotly), 'text/plain': 'What to see.' });
  });

  it('has no picture where its data are elsewhere, or its specification is wrong', () => {
    for (const spec of [
      { ...figure.spec, data: { url: 'https://example.invalid/data.json' } },
      { mark: 'nonsense', data: { values: [] } },
    ]) {
      expect(shown({ ...figure, spec })).to.have.keys([
        ...Object.keys(mimeBundle(figure)),
        'text/plain',
      ]);
    }
  });

  it('is named where it is one of several', () => {
    expect(shown([figure, { ...figure, name: 'two' }])).to.deep.equal({
      'text/plain': '2 figures, drawn one by one:\n  one: Title\n  two: Title',
    });
    expect(linesOf([figure, 1])[0]).to.equal('[');
  });

  it('is text alone where its specification cannot be sent', () => {
    const spec: { self?: object } = {};
    spec.self = spec;
    expect(shown({ ...figure, spec })).to.deep.equal({ 'text/plain': 'Title\nWhat to see.' });
  });
});

describe('a verdict in a cell', () => {
  const evidence = [atMost('residual', 1e-9, 1e-6, 1, 'a note'), reported('control', 2, 'b')];

  it('is the table of its evidence', () => {
    const record = ownVerdict('mine', evidence);
    expect(shown(record)['text/markdown']).to.equal(verdictTable(record));
    expect(linesOf(record)).to.deep.equal([
      'mine: supported',
      '',
      'what value asked for verdict',
      'residual 10⁻⁹ ≤ 10⁻⁶ supported',
      'control 2 reported',
    ]);
  });

  it('may come with its claim and its record', () => {
    const claim: Claim = {
      id: 'that',
      title: '',
      statement: '',
      source: '',
      expected: 'supported',
      criterion: '',
      plan: () => ({}),
      judge: () => evidence,
      figures: () => [],
    };
    const result = judgeClaim(claim, {});
    expect(shown(result)['text/markdown']).to.equal(verdictTable(result));
    expect(linesOf(result)[0]).to.equal('that: supported');
  });

  it('is no verdict where its evidence is none', () => {
    expect(shown({ verdict: 'supported', evidence: [{ metric: 'a' }] })).to.have.all.keys(
      'text/plain',
    );
  });
});

describe('a run in a cell', () => {
  const result = smallFlow();
  const { trajectory } = result;
  const { length } = trajectory.alpha;

  it('says how it ended, and shows its first and last rows', () => {
    const lines = linesOf(result);
    expect(lines[0]).to.equal(`Run of ${length} rows, 24 parameters: finished`);
    expect(lines[1])
      .to.equal(result.message)
      .and.match(/last target/);
    expect(lines[2]).to.match(/^\d+ steps, \d+ attempts? undone\.$/);
    expect(lines[4]).to.equal('α log ‖θ‖ smallest margin path length');
    expect(lines).to.have.length(5 + 11);
    expect(lines[10]).to.equal('… … … …');
    expect(lines[15]).to.match(/^100 /);
    expect(Number(lines[15].split(' ')[3])).to.be.closeTo(trajectory.pathLength.at(-1)!, 1e-3);
  });

  it('has the same rows in a table of HTML', () => {
    const cells = cellsOf(result);
    expect(cells[0]).to.deep.equal(['α', 'log ‖θ‖', 'smallest margin', 'path length']);
    expect(cells).to.have.length(12);
    expect(cells.map((row) => row.join(' '))).to.deep.equal(linesOf(result).slice(4));
  });

  it('may be its trajectory alone, or held by a record', () => {
    expect(linesOf(trajectory)[0]).to.equal(`Trajectory of ${length} rows, 24 parameters`);
    expect(cellsOf(trajectory)).to.deep.equal(cellsOf(result));
    expect(shown({ problem: {}, result })).to.deep.equal(shown(result));
  });

  it('shows every row where they are few, and none where there are none', () => {
    const columns = Object.entries(trajectory).map(([name, column]: [string, unknown]) => [
      name,
      column instanceof Float64Array ? column.slice(0, 3) : column,
    ]);
    const short = Object.fromEntries(columns) as object;
    expect(cellsOf(short)).to.have.length(4);
    expect(linesOf({ ...short, pathLength: Float64Array.of(0, NaN, -Infinity) }).at(-1)).to.match(
      / −∞$/,
    );
    const empty = Object.fromEntries(
      columns.map(([name, column]) => [
        name,
        column instanceof Float64Array ? new Float64Array() : 0,
      ]),
    ) as object;
    expect(linesOf(empty)).to.deep.equal(['Trajectory of 0 rows, 0 parameters']);
  });

  it('is an object like others where a column is missing or too short', () => {
    const { alpha, ...rest } = trajectory;
    expect(shown(rest)).to.have.all.keys('text/plain');
    expect(shown({ ...trajectory, alpha: alpha.slice(1) })).to.have.all.keys('text/plain');
  });

  it('may be a training', async () => {
    const rule = { kind: 'constant', step: 0.1 } as const;
    const training = await train(plane(), [
      { kind: 'descent', rule, untilAlpha: 1e9, maxSteps: 20 },
    ]);
    const { rows } = training;
    const lines = linesOf(training);
    expect(lines[0]).to.equal(`Training of ${rows.length} rows: max-steps`);
    expect(lines[1]).to.match(/^The steps were used up: /);
    expect(lines[3]).to.equal('epoch step α log ‖θ‖ training error test error path length');
    expect(cellsOf(training).at(-1)![1]).to.equal('20');
    expect(linesOf(madeUpImageRun())[0]).to.match(/^Training of \d+ rows$/);
  });
});

describe('a data set in a cell', () => {
  const dataset = makeDataset({
    name: 'planar <b>',
    source: 'by hand',
    dimension: 2,
    classes: 2,
    inputs: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0.125],
    labels: [1, -1, 1, 1, 1, 1],
  });

  it('says what it is, and shows its first examples', () => {
    expect(linesOf(dataset)).to.deep.equal([
      'Data set planar <b>: 6 examples of 2 numbers',
      'by hand',
      '2 classes; examples with label −1: 1, 1: 5',
      '',
      'label x0 x1',
      '1 1 2',
      '−1 3 4',
      '1 5 6',
      '1 7 8',
      '1 9 10',
      '… … …',
    ]);
  });

  it('cannot put HTML of its own into a notebook', () => {
    const html = shown(dataset)['text/html'] as string;
    expect(html).to.include('planar &lt;b&gt;').and.not.include('<b>:');
  });

  it('says which shape its images have, and leaves out what does not fit on a line', () => {
    const images = makeDataset({
      name: 'images',
      source: '',
      dimension: 12,
      classes: 3,
      inputs: new Float64Array(24),
      labels: [0, 2],
      image: { channels: 3, height: 2, width: 2 },
    });
    const lines = linesOf(images);
    expect(lines[0]).to.equal('Data set images: 2 examples of 12 numbers (images 3×2×2)');
    expect(lines[4]).to.equal('label x0 x1 x2 x3 x4 x5 x6 x7 …');
    expect(lines).to.have.length(7);
  });
});

describe('a network in a cell', () => {
  it('lists its layers with their parameters, and its degree', () => {
    expect(linesOf(deep([3, 5, 2], relu))).to.deep.equal([
      'Network 2-layer relu 3–5–2: 25 parameters',
      '3 inputs, 2 outputs; homogeneous of degree 2',
      '',
      'layer gives parameters',
      'dense 5 15',
      'relu 5 0',
      'dense 2 10',
    ]);
  });

  it('says why there is no degree', () => {
    const { dense, convolution, flatten, batchNorm } = parts;
    const network = imageNetwork('small', { channels: 1, height: 4, width: 4 }, [
      convolution(2, { stride: 2 }),
      batchNorm(),
      flatten,
      dense(3, { bias: true }),
    ]);
    const lines = linesOf(network);
    expect(lines[1]).to.equal('16 inputs, 3 outputs; not homogeneous:');
    expect(lines[2]).to.match(/^batch norm 1 divides/);
    expect(lines.slice(5)).to.deep.equal([
      'input 1×4×4 0',
      'convolution 3×3, stride 2 2×2×2 18',
      'batch-norm 2×2×2 4',
      'flatten 8×1×1 0',
      'dense 3×1×1 27',
    ]);
    const total = lines.slice(5).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    expect(total).to.equal(network.parameters);
  });
});
