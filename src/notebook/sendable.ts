import { isObject } from './values/fields.js';
import type { MimeBundle } from './jupyter-display.js';

/** Characters of one form: more than any picture that a notebook should hold. */
const MOST_CHARACTERS = 32e6;

/** MIME types whose content is JSON and not text. */
const IS_JSON = /^application\/(.*\+)?json$/;
const IS_MIME = /^[a-z]+\/[\w.+-]+(;.*)?$/i;

/**
 * The forms of a bundle that can be sent: text as it is, bytes as base64, JSON as a copy. What else is
 * in it is left out, and `wrong` says the first of it in words. Throws where a getter of it does.
 */
export function sendable(made: unknown): { bundle: MimeBundle; wrong: string | undefined } {
  const bundle: MimeBundle = {};
  if (!isObject(made) || Array.isArray(made)) {
    return { bundle, wrong: `expected an object from MIME type to content, got ${kindOf(made)}` };
  }
  let wrong: string | undefined;
  for (const [mime, content] of Object.entries(made)) {
    if (content === undefined) continue;
    const form = IS_MIME.test(mime) ? formOf(mime, content) : undefined;
    if (form !== undefined) bundle[mime] = form;
    else wrong ??= complaint(mime, content);
  }
  return { bundle, wrong };
}

/** The content as JSON has it, undefined where it does not go. */
function formOf(mime: string, content: unknown): unknown {
  if (content instanceof Uint8Array && !mime.startsWith('text/')) {
    if (content.length > 0.75 * MOST_CHARACTERS) return undefined;
    const { buffer, byteOffset, byteLength } = content;
    return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
  }
  if (!IS_JSON.test(mime)) {
    return typeof content === 'string' && content.length <= MOST_CHARACTERS ? content : undefined;
  }
  const text = asJson(content);
  return text === undefined || text.length > MOST_CHARACTERS ? undefined : JSON.parse(text);
}

/** Undefined where JSON has no such thing: BigInts, functions, circles. */
function asJson(content: unknown): string | undefined {
  try {
    return JSON.stringify(content);
  } catch {
    return undefined;
  }
}

function complaint(mime: string, content: unknown): string {
  if (!IS_MIME.test(mime)) return `'${mime.slice(0, 80)}' is no MIME type`;
  const expected = IS_JSON.test(mime) ? 'JSON' : 'a string';
  return `${mime}: expected ${expected} of at most ${MOST_CHARACTERS / 1e6} million characters, got ${kindOf(content)}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  return value === undefined ? 'undefined' : `a ${typeof value}`;
}
