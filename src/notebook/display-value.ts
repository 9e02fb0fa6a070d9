import { PLOTLY_MIME, VEGA_LITE_MIME, type RawDisplay } from '../charts/figure.js';
import type { MimeBundle } from './jupyter-display.js';
import { kernelOutput } from './kernel-output.js';
import { mimeBundleOf } from './mime-bundle.js';
import { metadataFor } from './output-metadata.js';

export interface DisplayOptions {
  /** A name of the output, by which `update` finds it. */
  readonly id?: string;
  /** Changes the output of that name in place of showing another. */
  readonly update?: boolean;
  /** tslab's `display` or `newDisplay()`, for kernels other than afterfit's. */
  readonly display?: RawDisplay;
}

/** From the richest to the plainest, as notebooks prefer them. */
const RICHEST = [
  VEGA_LITE_MIME,
  PLOTLY_MIME,
  'text/html',
  'text/markdown',
  'text/latex',
  'image/svg+xml',
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'application/pdf',
];

/**
 * Shows any value below the cell as if it were the cell's last expression. In afterfit's kernel all its
 * forms are sent at once; elsewhere the richest one goes to `display`, and without that its text to
 * standard output. A promise is returned only for a value that needs time to say how it looks:
 * `await` it. Throws a sentence where `update` has no `id` to go by.
 */
export function displayValue(value: unknown, options: DisplayOptions = {}): void | Promise<void> {
  if (options.update === true && options.id === undefined) {
    throw new Error('displayValue: update needs the id of the output that it changes.');
  }
  const bundle = mimeBundleOf(value);
  if (!(bundle instanceof Promise)) return send(bundle, options);
  return bundle.then((found) => send(found, options));
}

function send(data: MimeBundle, { id, update = false, display }: DisplayOptions): void {
  const kernel = kernelOutput();
  if (kernel) {
    const transient = id === undefined ? {} : { display_id: id };
    const type = update ? 'update_display_data' : 'display_data';
    return kernel.publish(type, { data, metadata: metadataFor(data), transient });
  }
  if (!display) return void process.stdout.write(`${String(data['text/plain'])}\n`);
  const others = Object.keys(data).filter((mime) => mime !== 'text/plain');
  const mime = RICHEST.find((each) => each in data) ?? others[0] ?? 'text/plain';
  display.raw(mime, data[mime] as never);
}
