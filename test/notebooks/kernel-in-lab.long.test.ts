import { expect } from 'chai';
import { basename } from 'node:path';
import { readOutputs } from '../kernel/notebooks-on-disk.js';
import { colouredPixels } from './coloured-pixels.js';
import {
  changed,
  ended,
  pressAtEnd,
  promptOf,
  runAllCells,
  runCell,
  saved,
  startCell,
} from './lab-page.js';
import { notebooksInLab } from './open-notebook.js';

/** How JupyterLab draws errors, and text on standard error. */
const ERROR = '[data-mime-type="application/vnd.jupyter.stderr"]';

const lines = (...code: string[]) => code.join('\n');

describe("afterfit's kernel in JupyterLab", function () {
  this.timeout(60_000);
  const inNotebook = notebooksInLab('kernel');

  inNotebook(
    'completes members of globals, names of earlier cells and their members',
    ['const weights = { hidden: [1, 2], output: 3 };', 'Math.hy', 'weigh', 'weights.'],
    async ({ page, cell, photograph }) => {
      await runCell(page, cell(0));
      const popup = page.locator('.jp-Completer:visible');
      const names = popup.locator('.jp-Completer-match');
      const cases = [
        { k: 1, offered: ['hypot'], accepted: 'Math.hypot' },
        { k: 2, offered: ['weights'], accepted: 'weights' },
        { k: 3, offered: ['hidden', 'output'], accepted: 'weights.hidden' },
      ];
      for (const { k, offered, accepted } of cases) {
        await pressAtEnd(page, cell(k), 'Tab');
        await popup.waitFor();
        expect(await names.allInnerTexts()).to.deep.equal(offered);
        await photograph(`completion-${k}`);
        await page.keyboard.press('Enter');
        await popup.waitFor({ state: 'hidden' });
        expect(await cell(k).locator('.cm-content').innerText()).to.equal(accepted);
      }
    },
  );

  inNotebook(
    'shows the signature and the comment of a function of an earlier cell',
    [
      lines(
        '/** Two times `x`, without rounding. */',
        'function twice(x: number): number {',
        '  return 2 * x;',
        '}',
      ),
      'twice',
    ],
    async ({ page, cell, photograph }) => {
      await runCell(page, cell(0));
      await pressAtEnd(page, cell(1), 'ArrowLeft');
      await page.keyboard.press('Shift+Tab');
      const tooltip = page.locator('.jp-Tooltip');
      await tooltip.waitFor();
      await photograph('tooltip');
      const text = await tooltip.innerText();
      expect(text).to.contain('function twice(x: number): number');
      expect(text).to.contain('Two times x, without rounding.');
    },
  );

  inNotebook(
    'draws type errors with their places, and runs nothing of the cell or below it',
    [
      lines("console.log('not printed');", "const count: number = 'three';", 'count.toUpper();'),
      "'not reached'",
    ],
    async ({ page, path, cell, photograph }) => {
      await runAllCells(page);
      const error = cell(0).locator(ERROR);
      await error.waitFor();
      await photograph('type-error');
      const text = await error.innerText();
      expect(text).to.contain(
        "TypeCheckError: Type 'string' is not assignable to type 'number'. (TS2322)",
      );
      expect(text).to.contain('Cell [1], line 2, column 7');
      expect(text).to.contain("Property 'toUpper' does not exist on type 'number'. (TS2339)");
      expect(text).to.contain('Cell [1], line 3, column 7');
      expect(await error.locator('.ansi-red-fg').first().innerText()).to.equal('TypeCheckError');
      expect(await promptOf(cell(1)).innerText()).to.equal('[ ]:');
      await saved(page, basename(path));
      const [outputs, below] = readOutputs(path);
      expect(outputs.map(({ output_type }) => output_type)).to.deep.equal(['error']);
      expect(below).to.deep.equal([]);
    },
  );

  inNotebook(
    'draws an exception with its traceback through cells, and runs nothing below it',
    [
      lines(
        'function half(x: number): number {',
        '  if (x % 2 !== 0) throw new RangeError(`${x} is odd`);',
        '  return x / 2;',
        '}',
      ),
      lines("console.log(half(4), 'is half of 4');", 'half(3);'),
      "'not reached'",
    ],
    async ({ page, path, cell, photograph }) => {
      await runAllCells(page);
      const error = cell(1).locator(ERROR);
      await error.waitFor();
      await photograph('exception');
      const text = await error.innerText();
      expect(text).to.match(/^RangeError: 3 is odd\n/);
      expect(text).to.contain('at half (Cell [1], line 2, column 26)');
      expect(text).to.contain('at Cell [2], line 2, column 1');
      expect(text).not.to.contain('node_modules');
      expect(await error.locator('.ansi-red-fg').first().innerText()).to.equal('RangeError');
      expect(await promptOf(cell(2)).innerText()).to.equal('[ ]:');
      await saved(page, basename(path));
      const [, outputs, below] = readOutputs(path);
      expect(outputs.map(({ output_type }) => output_type)).to.deep.equal(['stream', 'error']);
      expect(outputs[1]).to.include({ ename: 'RangeError', evalue: '3 is odd' });
      expect(below).to.deep.equal([]);
    },
  );

  inNotebook(
    'stops an endless loop by the button, and keeps the variables',
    ['const kept = 41;', 'for (;;) {}', 'kept + 1'],
    async ({ page, cell, photograph }) => {
      await runCell(page, cell(0));
      await startCell(page, cell(1));
      await page.waitForTimeout(500);
      expect(await promptOf(cell(1)).innerText()).to.equal('[*]:');
      await page.locator('[data-command="notebook:interrupt-kernel"]').first().click();
      await ended(cell(1));
      await runCell(page, cell(2));
      await photograph('interrupted');
      expect(await cell(1).locator(ERROR).innerText()).to.match(/^Interrupted: /);
      expect(await cell(2).locator('.jp-OutputArea-output').innerText()).to.equal('42');
    },
  );

  inNotebook(
    'moves a progress bar while a loop that never waits runs',
    [
      lines(
        "import { track, range } from 'afterfit';",
        "for (const k of track(range(40), 'training')) {",
        '  const end = Date.now() + 50;',
        '  while (Date.now() < end);',
        '}',
      ),
    ],
    async ({ page, cell, photograph }) => {
      await startCell(page, cell(0));
      const value = () => cell(0).locator('progress').getAttribute('value');
      const first = await changed(value, '0');
      await photograph('progress-running');
      const second = await changed(value, first);
      expect(await promptOf(cell(0)).innerText()).to.equal('[*]:');
      expect(Number(first)).to.be.within(1, 38);
      expect(Number(second)).to.be.within(Number(first) + 1, 39);
      await ended(cell(0));
      await photograph('progress-done');
      expect(await value()).to.equal('40');
      const text = await cell(0).locator('.jp-OutputArea-output').innerText();
      expect(text).to.match(/^training\s+40 of 40, done in \d+\.\d s$/);
    },
  );

  inNotebook(
    'draws a chart, a formula, HTML, and a display that a later cell updates',
    [
      lines(
        "import { html, latex, vegaLite } from 'afterfit';",
        "import { newDisplay } from 'tslab';",
        'vegaLite({',
        "  width: 900, height: 150, mark: 'bar',",
        '  data: { values: [{ a: 1, b: 2 }, { a: 2, b: 5 }, { a: 3, b: 3 }] },',
        "  encoding: { x: { field: 'a', type: 'ordinal' }, y: { field: 'b', type: 'quantitative' } },",
        '})',
      ),
      'latex(String.raw`$$\\frac{\\theta}{\\|\\theta\\|}$$`)',
      'html(\'<b class="own" style="color: teal">a word in teal</b>\')',
      lines('const live = newDisplay();', "live.text('before');"),
      "live.text('after');",
    ],
    async ({ page, cell, photograph }) => {
      await runAllCells(page);
      await ended(cell(4));
      const chart = cell(0).locator('.vega-embed svg.marks');
      await chart.waitFor();
      await cell(1).locator('mjx-container mjx-mfrac').waitFor();
      await photograph('rich');
      const chartClip = (await chart.boundingBox())!;
      expect(await colouredPixels(page, chartClip), 'coloured pixels of bars').to.be.above(5000);
      await page.setViewportSize({ width: 700, height: 950 });
      await chart.scrollIntoViewIfNeeded();
      const area = (await cell(0).locator('.jp-OutputArea-output').first().boundingBox())!;
      const shrunk = (await chart.boundingBox())!;
      expect(shrunk.width, 'a chart in a narrow window').to.be.within(50, area.width);
      await page.setViewportSize({ width: 1300, height: 950 });
      const word = cell(2).locator('b.own');
      expect(await word.innerText()).to.equal('a word in teal');
      const wordClip = (await word.boundingBox())!;
      expect(await colouredPixels(page, wordClip), 'pixels in teal').to.be.above(100);
      expect(await cell(3).locator('.jp-OutputArea-output').allInnerTexts()).to.deep.equal([
        'after',
      ]);
      expect(await cell(4).locator('.jp-OutputArea-output').count()).to.equal(0);
    },
  );

  inNotebook(
    'asks for a line of text in a field, and goes on with what is typed',
    [lines("const given = prompt('name?');", '`Hello, ${given}`')],
    async ({ page, cell, photograph }) => {
      await startCell(page, cell(0));
      const field = cell(0).locator('.jp-Stdin-input');
      await field.waitFor();
      expect(await cell(0).locator('.jp-Stdin-prompt').innerText()).to.equal('name?');
      await photograph('prompt');
      await page.keyboard.type('Ada');
      await page.keyboard.press('Enter');
      await ended(cell(0));
      await photograph('prompt-answered');
      const result = cell(0).locator('.jp-OutputArea-executeResult .jp-OutputArea-output');
      expect(await result.innerText()).to.equal("'Hello, Ada'");
      await field.waitFor({ state: 'hidden' });
    },
  );
});
