import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../helpers/project-root.js';
import { fixture } from './fixtures.js';

describe('the page on measuring', () => {
  it('exports with the options that the fixtures were exported with', () => {
    const page = readFileSync(join(projectRoot(), 'docs', 'measure.md'), 'utf8');
    const script = readFileSync(fixture('export.py'), 'utf8');
    const snippet = /```python\n(torch|model)[^]*?```/.exec(page)?.[0] ?? '';
    const options = snippet.match(/\w+=(?:\{.*\}\}|\[.*?\]|[\w.]+)/g) ?? [];
    expect(options).to.have.length.above(4);
    for (const option of options) expect(script, option).to.contain(option);
  });
});
