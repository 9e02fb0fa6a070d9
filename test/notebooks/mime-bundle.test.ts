import { expect } from 'chai';
import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { html, jupyterDisplay, mimeBundleOf, type MimeBundle } from '../../src/notebook/index.js';

function shown(value: unknown): MimeBundle {
  return mimeBundleOf(value) as MimeBundle;
}

function textOf(value: unknown): string {
  return shown(value)['text/plain'] as string;
}

/** A value that asks to be shown as what `made` returns. */
const asking = (made: () => unknown) => ({ size: 3, [jupyterDisplay]: made });

describe('a value that says how it is drawn', () => {
  it('is asked', () => {
    expect(shown(html('<b>a</b>'))).to.deep.equal({ 'text/html': '<b>a</b>', 'text/plain': 'a' });
  });

  it('is asked with itself as this, whether instance, class or function', () => {
    class Disc {
      constructor(readonly radius: number) {}
      [jupyterDisplay]() {
        return { 'text/plain': `disc of radius ${this.radius}` };
      }
    }
    expect(textOf(new Disc(2))).to.equal('disc of radius 2');
    const named = Object.assign(() => 1, { [jupyterDisplay]: () => ({ 'text/plain': 'f' }) });
    expect(textOf(named)).to.equal('f');
  });

  it('may take its time', async () => {
    const slow = asking(() => Promise.resolve({ 'text/plain': 'later' }));
    expect(mimeBundleOf(slow)).to.be.a('promise');
    expect(await mimeBundleOf(slow)).to.deep.equal({ 'text/plain': 'later' });
    const failing = asking(() => Promise.reject(new Error('no time')));
    expect((await mimeBundleOf(failing))['text/plain']).to.match(
      /^\{ size: 3,[^]*\(Symbol.for\('Jupyter.display'\): no time\)$/,
    );
  });

  it('gets its text from Node where it gives none', () => {
    const forms = shown(asking(() => ({ 'text/html': '<i>x</i>' })));
    expect(forms['text/html']).to.equal('<i>x</i>');
    expect(forms['text/plain']).to.match(/^\{ size: 3/);
  });

  it('may give bytes, and what JSON leaves out is left out', () => {
    const forms = shown(
      asking(() => ({
        'image/png': Uint8Array.of(1, 2, 3),
        'application/json': { a: undefined, b: NaN },
        'text/html': undefined,
        'text/plain': 'x',
      })),
    );
    expect(forms).to.deep.equal({
      'image/png': 'AQID',
      'application/json': { b: null },
      'text/plain': 'x',
    });
  });

  const circle: { self?: unknown } = {};
  circle.self = circle;
  for (const [what, made, reason] of [
    [
      'throws',
      () => {
        throw new Error('broken');
      },
      'broken',
    ],
    [
      'throws no error',
      () => {
        return runInNewContext('throw null') as never;
      },
      'null',
    ],
    ['gives nothing', () => ({}), 'it gave nothing'],
    ['gives no object', () => 5, 'expected an object from MIME type to content, got a number'],
    ['gives a list', () => [1], 'got an array'],
    ['gives null', () => null, 'got null'],
    ['gives names that are no MIME types', () => ({ html: 'x' }), "'html' is no MIME type"],
    ['gives text that is none', () => ({ 'text/html': 1n }), 'expected a string'],
    ['gives a circle', () => ({ 'application/json': circle }), 'application/json: expected JSON'],
    ['gives a function', () => ({ 'application/x+json': () => 1 }), 'got a function'],
    ['gives too much', () => ({ 'text/html': 'x'.repeat(33e6) }), 'of 33000000 characters'],
    [
      'gives getters that throw',
      () => ({
        get 'text/html'() {
          throw new Error('no');
        },
      }),
      'no',
    ],
  ] as const) {
    it(`is shown as text with a note where it ${what}`, () => {
      const forms = shown(asking(made));
      expect(Object.keys(forms)).to.deep.equal(['text/plain']);
      expect(forms['text/plain']).to.match(/^\{ size: 3/);
      const note = /\n\(Symbol\.for\('Jupyter\.display'\): (.*)\)$/.exec(textOf(asking(made)))![1];
      expect(note).to.include(reason);
    });
  }

  it('keeps the forms that are right beside one that is wrong', () => {
    const forms = shown(
      asking(() => ({ 'text/html': 5, 'text/markdown': 'm', 'text/plain': 'p' })),
    );
    expect(forms['text/markdown']).to.equal('m');
    expect(forms['text/plain']).to.match(/^p\n\(.*text\/html: expected a string/);
  });

  it('is shown as text where it has no method but something else', () => {
    expect(textOf({ [jupyterDisplay]: 7 })).to.match(/it is no function\)$/);
    expect(textOf({ [jupyterDisplay]: undefined, a: 1 })).to.not.include('(Symbol.for');
    const throwing = Object.defineProperty({}, jupyterDisplay, {
      get() {
        throw new Error('hidden');
      },
    });
    expect(textOf(throwing)).to.match(/hidden\)$/);
  });
});

describe('any other value', () => {
  const same: readonly unknown[] = [
    undefined,
    null,
    true,
    1,
    -0,
    10n,
    'text',
    "a'b",
    Symbol('s'),
    new Date(0),
    new Date(NaN),
    /x/g,
    [],
    {},
    [1, 2, 3],
    [1.5, 'a', null],
    { a: 1, b: { c: [1, { d: 2 }] } },
    new Map([[1, { a: 2 }]]),
    new Set(['a']),
    new WeakMap(),
    Promise.resolve(1),
    function named() {},
    class A {},
    () => 1,
    Object.create(null),
    new (class Point {
      x = 1;
    })(),
    [[1, 2], [3]],
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
    new ArrayBuffer(4),
    new DataView(new ArrayBuffer(2)),
    globalThis.Math,
    Object.assign(new Array<unknown>(3), { 1: 'b' }),
    new Proxy([1], {}),
  ];
  for (const value of same) {
    const text = inspect(value, { breakLength: 88, depth: 4 });
    it(`is printed as Node prints it: ${text.slice(0, 40).replaceAll('\n', ' ')}`, () => {
      expect(shown(value)).to.deep.equal({ 'text/plain': text });
    });
  }

  it('is printed without colours', () => {
    const before = inspect.defaultOptions.colors;
    inspect.defaultOptions.colors = true;
    try {
      expect(textOf({ a: 'b' })).to.equal("{ a: 'b' }");
    } finally {
      inspect.defaultOptions.colors = before;
    }
  });

  it('may be of another realm', () => {
    const foreign: unknown = runInNewContext(
      '({ list: [1, 2], map: new Map([[1, 2]]), error: new Error("e") })',
    );
    expect(textOf(foreign)).to.include('list: [ 1, 2 ]');
    expect(textOf(runInNewContext('new Float64Array([0.5, 1])'))).to.include('[ 0.5, 1.0 ]');
  });

  it('runs no getter and no trap', () => {
    let ran = 0;
    const trap = () => {
      ran++;
      throw new Error('trapped');
    };
    const lazy = {
      get rows() {
        return trap();
      },
      get shape() {
        return trap();
      },
    };
    expect(textOf(lazy)).to.equal('{ rows: [Getter], shape: [Getter] }');
    const all = { get: trap, ownKeys: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap };
    expect(textOf(new Proxy({ a: 1 }, all))).to.equal('{ a: 1 }');
    expect(textOf(new Proxy({ a: 1 }, { has: trap }))).to.equal('{ a: 1 }');
    expect(ran).to.equal(1);
  });

  it('may be a proxy that nobody answers for', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(textOf(proxy)).to.equal('<Revoked Proxy>');
    expect(textOf([proxy])).to.equal('[ <Revoked Proxy> ]');
  });

  it('may print itself, and is printed by Node where that fails', () => {
    const custom = inspect.custom;
    expect(textOf({ [custom]: () => 'mine' })).to.equal('mine');
    const broken = textOf({
      a: 1,
      [custom]: () => {
        throw new Error('broken');
      },
    });
    expect(broken).to.match(/^\{\s+a: 1/);
  });

  it('may be an error, with its cause and without the lines of Node', () => {
    const error = new RangeError('too far', { cause: new Error('inner') });
    error.stack = 'RangeError: too far\n    at f (cell:1:2)\n    at node:internal/main:3:4';
    const text = textOf(Object.assign(error, { code: 7 }));
    expect(text).to.match(/^RangeError: too far\n {4}at f \(cell:1:2\) \{\n {2}code: 7,/);
    expect(text).to.include('[cause]: Error: inner').and.not.include('node:');
    const hidden = Object.defineProperty(new Error('x'), 'stack', {
      get() {
        throw new Error('no stack');
      },
    });
    expect(textOf(hidden)).to.be.a('string');
  });
});
