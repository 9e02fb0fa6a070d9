import { types } from 'node:util';
import type { MimeBundle } from '../jupyter-display.js';
import { sendable } from '../sendable.js';
import { field, isObject, isText } from './fields.js';
import { inspected } from './inspected.js';

const SVG = 'http://www.w3.org/2000/svg';

/** An element of a document, a browser's or one made in Node, as Observable Plot gives it: drawn. */
export function elementBundle(value: unknown): MimeBundle | undefined {
  if (!isObject(value) || inherited(value, 'nodeType') !== 1) return undefined;
  const [html, name] = [inherited(value, 'outerHTML'), inherited(value, 'localName')];
  if (!isText(html) || !isText(name)) return undefined;
  const text = `<${name}> of ${html.length} characters`;
  const isSvg = name === 'svg' && inherited(value, 'namespaceURI') === SVG;
  const form = isSvg ? { 'image/svg+xml': asDocument(html) } : { 'text/html': html };
  return { ...sendable(form).bundle, 'text/plain': text };
}

/** What the class of a value gives to it, by a getter too; undefined for plain objects and proxies. */
function inherited(value: object, name: string): unknown {
  if (types.isProxy(value)) return undefined;
  const kind: unknown = Object.getPrototypeOf(value);
  if (kind === null || kind === Object.prototype) return undefined;
  if (Object.hasOwn(value, name)) return field(value, name);
  return (value as Record<string, unknown>)[name];
}

/** In a page an element needs no namespace, as a picture of its own it does. */
function asDocument(html: string): string {
  const [start = ''] = /^<svg\b[^>]*/.exec(html) ?? [];
  if (/\sxmlns=/.test(start)) return html;
  return html.replace(/^<svg\b/, `<svg xmlns="${SVG}"`);
}

/** Which of the two libraries, and nothing of its version: JupyterLab draws newer ones as its own. */
const SCHEMA = /^https?:\/\/vega\.github\.io\/schema\/(vega|vega-lite)\/v\d/;
const MIME_TYPES: Readonly<Record<string, string>> = {
  vega: 'application/vnd.vega.v5+json',
  'vega-lite': 'application/vnd.vegalite.v5+json',
};

/** A specification of Vega or Vega-Lite that names its schema, or what has one as its `toSpec()`: drawn. */
export function specificationBundle(value: unknown): MimeBundle | undefined {
  if (!isObject(value)) return undefined;
  const toSpec = field(value, 'toSpec') ?? inherited(value, 'toSpec');
  const spec: unknown = typeof toSpec === 'function' ? toSpec.call(value) : value;
  const schema = field(spec, '$schema');
  const library = isText(schema) ? SCHEMA.exec(schema)?.[1] : undefined;
  if (library === undefined) return undefined;
  const { bundle } = sendable({ [MIME_TYPES[library]]: spec });
  if (Object.keys(bundle).length === 0) return undefined;
  return { ...bundle, 'text/plain': inspected(spec) };
}
