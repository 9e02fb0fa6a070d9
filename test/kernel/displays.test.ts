import { expect } from 'chai';
import { kernelForTests } from './kernel-for-tests.js';
import { outputsOfType, resultText, typeOf } from './messages.js';

/** An object that says itself how it is shown. */
const shown = (bundle: string) => `({ [Symbol.for('Jupyter.display')]: () => (${bundle}) })`;
const BUNDLE =
  "{ 'text/plain': 'plain', 'text/html': '<b>rich</b>', 'application/json': { a: [1] } }";

describe('what cells show', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  const results: [string, string, string][] = [
    ['a number', '6 * 7', '42'],
    ['a string', "'a' + 'b'", "'ab'"],
    ['an object', '({ a: 1, b: [2, 3] })', '{ a: 1, b: [ 2, 3 ] }'],
    ['a map', "new Map([['a', 1]])", "Map(1) { 'a' => 1 }"],
    ['a big integer', '2n ** 70n', '1180591620717411303424n'],
    ['a variable of this cell', 'const five = 5;\nfive', '5'],
    ['what an await comes to', 'await Promise.resolve(8)', '8'],
    ['false', '1 > 2', 'false'],
    ['zero', '1 - 1', '0'],
    ['an empty string', "''", "''"],
  ];
  for (const [what, code, text] of results) {
    it(`is the result of the last expression: ${what}`, async () => {
      const { reply, outputs } = await kernel().execute(code);
      expect(outputs.map(typeOf)).to.deep.equal(['execute_result']);
      expect(resultText(outputs)).to.equal(text);
      expect(outputs[0].content.execution_count).to.equal(reply.execution_count);
      expect(outputs[0].content.metadata).to.be.an('object');
    });
  }

  for (const code of ['undefined', 'null', 'const unseen = 5;', 'void 0', '', '// a comment']) {
    it(`is nothing for ${JSON.stringify(code)}`, async () => {
      const { reply, outputs } = await kernel().execute(code);
      expect(reply.status).to.equal('ok');
      expect(outputs).to.deep.equal([]);
    });
  }

  it('is a bundle of several MIME types where the result brings one, or a promise of one', async () => {
    const expected = {
      'text/plain': 'plain',
      'text/html': '<b>rich</b>',
      'application/json': { a: [1] },
    };
    for (const bundle of [BUNDLE, `Promise.resolve(${BUNDLE})`]) {
      const { outputs } = await kernel().execute(shown(bundle));
      expect(outputs.map(typeOf)).to.deep.equal(['execute_result']);
      expect(outputs[0].content.data).to.deep.equal(expected);
    }
  });

  it('falls back on text where a bundle cannot be had', async () => {
    for (const bundle of ["(() => { throw new Error('no bundle') })()", '7', 'null', "'text'"]) {
      const { reply, outputs } = await kernel().execute(shown(bundle));
      expect(reply.status, bundle).to.equal('ok');
      expect(resultText(outputs), bundle).to.be.a('string').that.is.not.empty;
    }
    expect(resultText((await kernel().execute('1 + 1')).outputs)).to.equal('2');
  });

  it('is what tslab’s display gives, one message each', async () => {
    const { outputs } = await kernel().execute(
      "import { display } from 'tslab';\n" +
        "display.html('<i>h</i>');\ndisplay.markdown('*m*');\ndisplay.javascript('1');\n" +
        "display.svg('<svg/>');\ndisplay.png(new Uint8Array([137, 80]));\n" +
        "display.raw('application/x-thing', 'thing');\ndisplay.text('t');",
    );
    expect(outputs.map(typeOf)).to.deep.equal(Array(7).fill('display_data'));
    expect(outputs.map(({ content }) => content.data)).to.deep.equal([
      { 'text/html': '<i>h</i>' },
      { 'text/markdown': '*m*' },
      { 'text/javascript': '1' },
      { 'image/svg+xml': '<svg/>' },
      { 'image/png': 'iVA=' },
      { 'application/x-thing': 'thing' },
      { 'text/plain': 't' },
    ]);
  });

  it('may be a display of several MIME types through the kernel’s own channel', async () => {
    const { outputs } = await kernel().execute(
      "const channel = (globalThis as any)[Symbol.for('afterfit.kernel')];\n" +
        `channel.publish('display_data', { data: ${BUNDLE}, metadata: {}, transient: { display_id: 'd1' } });\n` +
        "channel.publish('update_display_data', { data: { 'text/plain': 'new' }, metadata: {}, transient: { display_id: 'd1' } });",
    );
    expect(outputs.map(typeOf)).to.deep.equal(['display_data', 'update_display_data']);
    expect(outputs[0].content.data).to.have.all.keys('text/plain', 'text/html', 'application/json');
    expect(outputs.map(({ content }) => content.transient?.display_id)).to.deep.equal(['d1', 'd1']);
  });

  it('updates in place through newDisplay, from its own cell and from a later one', async () => {
    const { outputs } = await kernel().execute(
      "import { newDisplay } from 'tslab';\nconst place = newDisplay();\n" +
        "place.text('one');\nfor (const end = Date.now() + 300; Date.now() < end; );\nplace.text('two');",
    );
    expect(outputs.map(typeOf)).to.deep.equal(['display_data', 'update_display_data']);
    const ids = new Set(outputs.map(({ content }) => content.transient?.display_id));
    expect(ids.size).to.equal(1);
    expect([...ids][0]).to.be.a('string').that.is.not.empty;
    expect(outputs.map(({ content }) => content.data?.['text/plain'])).to.deep.equal([
      'one',
      'two',
    ]);
    expect(outputs[1].time - outputs[0].time, 'milliseconds between both').to.be.above(150);

    const later = await kernel().execute("place.html('<b>three</b>');");
    const [update] = outputsOfType(later.outputs, 'update_display_data');
    expect(update.content.transient?.display_id).to.equal([...ids][0]);
    expect(update.content.data).to.deep.equal({ 'text/html': '<b>three</b>' });
  });
});
