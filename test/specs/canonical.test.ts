import { expect } from 'chai';
import {
  canonicalJson,
  imageSpec,
  planarSpec,
  sortedJson,
  type FlowSpec,
  type ProblemSpec,
} from '../../src/specs/index.js';

const spec = planarSpec('relu', 1);

describe('the canonical text of a description', () => {
  it('has the keys in order and what was left out filled in', () => {
    const { probe: _, ...bare } = spec;
    expect(canonicalJson(bare)).to.equal(
      '{"data":{"activation":"relu","examples":20,"kind":"planar-teacher","margin":0.12,"seed":1,"teacherWidth":2},' +
        '"loss":"exponential","name":"planar relu",' +
        '"network":{"activation":"relu","bias":false,"fixed":{},"kind":"two-layer","trained":["hidden","output"],"width":16},' +
        '"start":{"kind":"he","scale":0.3,"seed":1}}',
    );
  });

  const network = (changes: object): ProblemSpec => ({
    ...spec,
    network: { ...spec.network, ...changes },
  });
  const images = imageSpec('relu', { perClass: 10, width: 12 }, 1);
  const leaky = network({ activation: 'leaky-relu' });
  const solved: FlowSpec = { ...spec, solver: { targets: [10, 100] } };
  const same: [string, ProblemSpec, ProblemSpec][] = [
    ['another order of keys', spec, Object.fromEntries(Object.entries(spec).reverse()) as never],
    ['a key without a value', spec, { ...spec, probe: spec.probe, name: spec.name }],
    ['a default that is said', spec, network({ bias: false, fixed: {} })],
    ['the number of inputs that the data have', spec, network({ inputs: 3 })],
    ['the trained layers in another order', spec, network({ trained: ['output', 'hidden'] })],
    ['a leak that is the usual one', leaky, network({ activation: 'leaky-relu(0.01)' })],
    ['a leak with a digit more', leaky, network({ activation: 'leaky-relu(.010)' })],
    ['classes of one label', images, { ...images, data: { ...images.data, classes: [[1], [9]] } as never }],
    ['the usual tolerance', solved, { ...spec, solver: { tolerance: 1e-9, targets: [10, 1e2] } } as never],
    ['the place of a schema', spec, { $schema: 'docs/x.json', ...spec } as never],
  ]; // prettier-ignore
  for (const [title, one, other] of same) {
    it(`is one with ${title}`, () => {
      expect(canonicalJson(other)).to.equal(canonicalJson(one));
    });
  }

  it('is a description of the same meaning', () => {
    for (const each of [spec, images, leaky, solved]) {
      expect(canonicalJson(JSON.parse(canonicalJson(each)) as ProblemSpec)).to.equal(
        canonicalJson(each),
      );
    }
  });

  it('is another one for another meaning', () => {
    const texts = [spec, planarSpec('relu', 2), planarSpec('relu', 1, 'logistic'), images, solved, leaky]
      .map(canonicalJson); // prettier-ignore
    expect(new Set(texts).size).to.equal(texts.length);
  });

  const refused: [string, object, string][] = [
    ['a scale that is NaN', { start: { kind: 'he', scale: NaN } }, 'start.scale is NaN; expected a finite number.'],
    ['a function for a loss', { loss: () => 0 }, "loss is () => 0; expected 'exponential' or 'logistic'."],
    ['a key that is none', { losses: 1 }, 'losses is not a known key; expected one of name, data, network, loss, start, probe.'],
    ['no kind of data', { data: {} }, "data.kind is missing; expected 'inline', "],
    ['no data', { data: undefined }, "data is missing; expected an object with a kind, 'inline', "],
    ['a kind of data that is none', { data: { kind: 'moons' } }, 'data.kind is "moons"; expected \'inline\', \'csv\', '],
  ]; // prettier-ignore
  for (const [title, changes, expected] of refused) {
    it(`is refused with ${title}, in one sentence`, () => {
      expect(() => canonicalJson({ ...spec, ...changes })).to.throw(`the description: ${expected}`);
    });
  }
});

describe('JSON with sorted keys', () => {
  it('writes numbers as JSON does, and leaves out what is undefined', () => {
    expect(sortedJson({ b: [1e21, 0.1, -0], a: { d: undefined, c: null } })).to.equal(
      '{"a":{"c":null},"b":[1e+21,0.1,0]}',
    );
  });

  for (const [title, value, found] of [
    ['NaN', { a: [1, NaN] }, 'a[1] is NaN'],
    ['infinity', Infinity, 'the value is Infinity'],
    ['a function', { run: () => 1 }, 'run is a function'],
    ['an array of doubles', { theta: new Float64Array(2) }, 'theta is a Float64Array'],
    ['a hole in a list', [undefined], '[0] is undefined'],
  ] as const) {
    it(`refuses ${title}`, () => {
      expect(() => sortedJson(value)).to.throw(`${found}; expected what JSON can hold`);
    });
  }
});
