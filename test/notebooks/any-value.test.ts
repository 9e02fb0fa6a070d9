import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { inspect } from 'node:util';
import { jupyterDisplay, mimeBundleOf } from '../../src/notebook/index.js';
import { randomStream, type RandomStream } from '../../src/numerics/random.js';
import { projectRoot } from '../helpers/project-root.js';

const VALUES = 4_000;
const LARGEST = 200_000;

/** Names by which values are recognised, so that random records often look like one. */
const NAMES = [
  'name',
  'title',
  'caption',
  'kind',
  'spec',
  'rows',
  'columns',
  'data',
  'values',
  'shape',
  'dtype',
  'dataId',
  'dimensions',
  'alpha',
  'logNorm',
  'smallestMargin',
  'pathLength',
  'directions',
  'parameters',
  'status',
  'message',
  'trajectory',
  'verdict',
  'evidence',
  'source',
  'examples',
  'dimension',
  'classes',
  'inputs',
  'labels',
  'outputs',
  'blocks',
  'degree',
  'layers',
  'nodes',
  'image',
  'then',
  'constructor',
  'length',
  'toString',
  'toJSON',
  '__proto__',
];

const fail = () => {
  throw new Error('not to be called');
};

/** Draws values of every kind, some of them hostile. */
function drawer(stream: RandomStream) {
  const below = (count: number) => Math.floor(stream.uniform() * count);
  const one = <Item>(items: readonly Item[]) => items[below(items.length)];
  const numbers = () => one([0, -0, 1, 2, 3, 1e-300, -1e300, NaN, Infinity, 0.1, 7, 2 ** 53]);
  const columns = () => Float64Array.from({ length: one([0, 1, 2, 3, 6, 1500]) }, numbers);
  const known: unknown[] = [];

  const leaf = (): unknown =>
    one<() => unknown>([
      numbers,
      numbers,
      columns,
      () =>
        one(['', 'text', 'vega-lite', 'plotly', 'supported', 'float32', '<b>', '\ud800', 'a\0']),
      () => one([undefined, null, true, 10n ** 40n, Symbol('x'), fail, class {}, new Date(NaN)]),
      () => new Uint8Array(below(5)),
      () => new BigUint64Array(below(3)),
      () =>
        one([
          new Error('e'),
          new WeakSet(),
          Promise.resolve(),
          /x/,
          Math,
          new DataView(new ArrayBuffer(1)),
        ]),
      () => (known.length > 0 ? one(known) : 0),
    ])();

  const record = (depth: number): object => {
    const made: object = one([
      () => ({}),
      () => Object.create(null) as object,
      () => new (class K {})(),
    ])();
    known.push(made);
    for (let k = below(10); k >= 0; k--) {
      const property = one<() => PropertyDescriptor>([
        () => ({ get: fail }),
        ...Array.from({ length: 8 }, () => () => ({ value: any(depth - 1), writable: true })),
      ])();
      Object.defineProperty(made, one(NAMES), {
        ...property,
        enumerable: true,
        configurable: true,
      });
    }
    return made;
  };

  const any = (depth: number): unknown => {
    if (depth === 0 || stream.uniform() < 0.3) return leaf();
    const some = () => Array.from({ length: below(5) }, () => any(depth - 1));
    return one<() => unknown>([
      () => record(depth),
      () => record(depth),
      () => record(depth),
      some,
      () => new Map([[any(depth - 1), any(depth - 1)]]),
      () => new Set(some()),
      () => Array.from({ length: 1 + below(4) }, columns),
      () => new Proxy(record(depth), one([{}, { get: fail }, { ownKeys: fail, has: fail }])),
      () =>
        Object.defineProperties(new Error('e'), Object.getOwnPropertyDescriptors(record(depth))),
      () => ({
        [jupyterDisplay]: one([fail, () => any(depth - 1), () => ({ 'text/html': any(1) }), 3]),
      }),
      () => ({ [inspect.custom]: one([fail, () => any(depth - 1)]) }),
      () => new Array<unknown>(below(3) * 1000).fill(any(depth - 1)),
    ])();
  };
  return any;
}

describe('any value whatsoever', () => {
  it('becomes a bundle of JSON of bounded size, with text, and never an error', async function () {
    this.timeout(120_000);
    for (let seed = 1; seed <= VALUES; seed++) {
      const value = drawer(randomStream(`value ${seed}`))(1 + (seed % 4));
      const forms = await mimeBundleOf(value);
      const text = JSON.stringify(forms);
      expect(forms['text/plain'], `seed ${seed}`).to.be.a('string');
      expect(text.length, `seed ${seed}`).to.be.below(LARGEST);
      expect(JSON.parse(text), `seed ${seed}`).to.deep.equal(forms);
    }
  });
});

/** The files that loading a module brings with it, relative to dist. */
function closureOf(path: string, dist: string, found = new Set<string>()): Set<string> {
  found.add(relative(dist, path));
  for (const [, name] of readFileSync(path, 'utf8').matchAll(
    /^(?:im|ex)port .*from '(\.[^']*)'/gm,
  )) {
    const next = join(dirname(path), name);
    if (!found.has(relative(dist, next))) closureOf(next, dist, found);
  }
  return found;
}

describe('the module that the kernel loads for values', () => {
  it('brings with it nothing of the kit but three small files', () => {
    const dist = join(projectRoot(), 'dist');
    const files = [...closureOf(join(dist, 'notebook', 'mime-bundle.js'), dist)];
    expect(files).to.include('notebook/values/inspected.js');
    expect(files.filter((file) => !file.startsWith('notebook/')).sort()).to.deep.equal([
      'specs/known-problems.js',
      'text/html.js',
      'text/numbers.js',
    ]);
    expect(files.length).to.be.below(24);
  });
});
