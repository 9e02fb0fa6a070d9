import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** One SVG document and what to make of it. */
export interface Conversion {
  readonly svg: string;
  readonly to: string;
  readonly format: 'pdf' | 'png';
  /** Pixels of a PNG for one of the document. */
  readonly scale: number;
}

/** Reads conversions as JSON from the standard input, and does them with vl-convert. */
const SCRIPT = `
import json, sys
try:
    import vl_convert
except ImportError:
    sys.exit(3)
for job in json.load(sys.stdin):
    if job['format'] == 'pdf':
        made = vl_convert.svg_to_pdf(job['svg'])
    else:
        made = vl_convert.svg_to_png(job['svg'], scale=job['scale'])
    with open(job['to'], 'wb') as file:
        file.write(made)
`;

/**
 * Converts SVG documents with the Python package vl-convert-python of the given virtual environment, all
 * in one process. Returns undefined when done, otherwise one sentence about what is missing.
 */
export async function convertSvgs(
  conversions: readonly Conversion[],
  venv: string,
): Promise<string | undefined> {
  const python = join(venv, 'bin', 'python');
  if (conversions.length === 0) return undefined;
  if (!existsSync(python)) {
    return 'PDF and PNG need the Python environment that `npm run setup` makes; there is none here.';
  }
  const { code, errors } = await runPython(python, JSON.stringify(conversions));
  if (code === 0) return undefined;
  if (code === 3) {
    return 'PDF and PNG need the Python package vl-convert-python; `npm run setup` installs it.';
  }
  const last = errors.trim().split('\n').pop() ?? '';
  return `vl-convert could not write the file: ${last.replace(/\.$/, '')}.`;
}

function runPython(python: string, input: string): Promise<{ code: number; errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(python, ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', (error) => resolve({ code: 1, errors: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, errors }));
    // A process that ends early closes its input; its exit code says why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
