import { expect } from 'chai';
import { displayValue, html, jupyterDisplay, vegaLite } from '../../src/notebook/index.js';
import { inKernel } from './fake-kernel.js';

/** tslab's display, as a list of what it was given. */
function stockDisplay() {
  const sent: [string, unknown][] = [];
  return {
    sent,
    display: { raw: (mime: string, value: unknown) => void sent.push([mime, value]) },
  };
}

const later = { [jupyterDisplay]: () => Promise.resolve({ 'text/plain': 'later' }) };

describe('a value displayed by a cell', () => {
  it('is sent in all its forms in afterfit’s kernel', () => {
    inKernel((published) => {
      expect(displayValue(html('<b>x</b>'))).to.equal(undefined);
      void displayValue(Float64Array.of(1, 2));
      expect(published).to.deep.equal([
        {
          type: 'display_data',
          content: {
            data: { 'text/html': '<b>x</b>', 'text/plain': 'x' },
            metadata: {},
            transient: {},
          },
        },
        {
          type: 'display_data',
          content: {
            data: { 'text/plain': 'Float64Array(2) [ 1, 2 ]' },
            metadata: {},
            transient: {},
          },
        },
      ]);
    });
  });

  it('may be changed later by its name', () => {
    inKernel((published) => {
      void displayValue(1, { id: 'one' });
      void displayValue(2, { id: 'one', update: true });
      expect(published.map(({ type }) => type)).to.deep.equal([
        'display_data',
        'update_display_data',
      ]);
      expect(published[1].content).to.deep.equal({
        data: { 'text/plain': '2' },
        metadata: {},
        transient: { display_id: 'one' },
      });
      expect(() => displayValue(3, { update: true })).to.throw('update needs the id');
    });
  });

  it('is awaited where it takes its time', async () => {
    const { sent, display } = stockDisplay();
    const shown = displayValue(later, { display });
    expect(sent).to.deep.equal([]);
    await shown;
    expect(sent).to.deep.equal([['text/plain', 'later']]);
  });

  it('is sent in its richest form to tslab’s display', () => {
    const { sent, display } = stockDisplay();
    for (const value of [html('<b>x</b>'), vegaLite({ mark: 'bar' }), { a: 1 }]) {
      void displayValue(value, { display });
    }
    const other = { [jupyterDisplay]: () => ({ 'application/geo+json': {}, 'text/plain': 'map' }) };
    void displayValue(other, { display });
    expect(sent).to.deep.equal([
      ['text/html', '<b>x</b>'],
      ['application/vnd.vegalite.v5+json', { mark: 'bar' }],
      ['text/plain', '{ a: 1 }'],
      ['application/geo+json', {}],
    ]);
  });

  it('prefers afterfit’s kernel to a display', () => {
    const { sent, display } = stockDisplay();
    inKernel((published) => {
      void displayValue(1, { display });
      expect(published).to.have.length(1);
    });
    expect(sent).to.deep.equal([]);
  });
});
