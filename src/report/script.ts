/**
 * What the page does beyond showing itself: it opens and closes what is folded, unfolds all of it for paper, and
 * has Vega draw a figure in a dialogue when asked. Browsers that cannot unpack show no buttons.
 */
export const SCRIPT = `
'use strict';
(() => {
  const each = (selector, work) => document.querySelectorAll(selector).forEach(work);
  const folded = () => [...document.querySelectorAll('details')];
  let before = [];
  addEventListener('beforeprint', () => { before = folded().filter((one) => !one.open); before.forEach((one) => { one.open = true; }); });
  addEventListener('afterprint', () => { before.forEach((one) => { one.open = false; }); });
  if (typeof DecompressionStream === 'undefined' || typeof HTMLDialogElement === 'undefined') return;
  document.documentElement.classList.add('scripted');

  const all = document.getElementById('unfold');
  all.addEventListener('click', () => {
    const open = all.getAttribute('aria-pressed') !== 'true';
    folded().forEach((one) => { one.open = open; });
    all.setAttribute('aria-pressed', String(open));
  });

  async function unpacked(id) {
    const letters = atob(document.getElementById(id).textContent.trim());
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Response(stream).text();
  }
  let library;
  const loaded = () => library ??= unpacked('vega').then((text) => {
    const script = document.createElement('script');
    script.textContent = text;
    document.head.append(script);
  });

  const dialog = document.getElementById('explore');
  const drawing = document.getElementById('drawing');
  const values = document.getElementById('values');
  let view;
  let turn = 0;
  // Vega hands on numbers with all their digits.
  const short = (value) => {
    const number = Number(value);
    if (value === '' || !Number.isFinite(number)) return value;
    const size = Math.abs(number);
    const plain = size === 0 || (size >= 1e-4 && size < 1e7);
    return plain ? number.toLocaleString('en', { maximumSignificantDigits: 5 }) : number.toExponential(3);
  };
  const show = (handler, event, item, told) => {
    if (told === null || told === undefined || told === '') return;
    const pairs = typeof told === 'object' ? Object.entries(told) : [['', told]];
    values.textContent = pairs.map(([name, value]) => (name === '' ? value : name + ': ' + short(value))).join(' · ');
  };
  async function explore(button) {
    const { name } = button.dataset;
    const own = ++turn;
    const figure = button.closest('figure');
    document.getElementById('explored').textContent = figure.querySelector('strong').textContent;
    drawing.setAttribute('aria-label', figure.querySelector('img').alt);
    values.textContent = values.dataset.hint;
    drawing.replaceChildren();
    dialog.showModal();
    await loaded();
    const spec = JSON.parse(await unpacked('moving-' + name));
    // Meanwhile the reader may have gone on.
    if (own !== turn || !dialog.open) return;
    view?.finalize();
    view = new vega.View(vega.parse(spec), { renderer: 'svg', container: drawing, hover: true }).tooltip(show);
    await view.runAsync();
    // A single plot is as wide as there is room; panels keep their widths, and the frame scrolls.
    const room = drawing.clientWidth - (drawing.querySelector('svg').clientWidth - view.width());
    if (typeof spec.width === 'number' && room > 150) await view.width(room).runAsync();
    drawing.dataset.drawn = name;
  }
  each('.explore', (button) => button.addEventListener('click', () => {
    explore(button).catch((error) => { values.textContent = 'The figure could not be drawn: ' + error.message; });
  }));
  // Told late: the next figure may be open already.
  dialog.addEventListener('close', () => { if (dialog.open) return; view?.finalize(); view = undefined; drawing.replaceChildren(); delete drawing.dataset.drawn; });
})();
`;
