import { inspect } from 'node:util';
import type { MimeBundle } from './rich.js';

/** How a value looks below a cell: MIME type to content. Never throws, nor does the promise fail. */
export function mimeBundleOf(value: unknown): MimeBundle | Promise<MimeBundle> {
  return { 'text/plain': inspect(value) };
}
