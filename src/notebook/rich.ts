import { PLOTLY_MIME, VEGA_LITE_MIME } from '../charts/figure.js';
import { jupyterDisplay, type Displayable, type MimeBundle } from './jupyter-display.js';
import { stillForm } from './figure-forms.js';
import { imageKind, imageSize } from './image-header.js';

/** Several MIME types at once; `text/plain` is what a terminal shows. */
export function bundle(forms: MimeBundle): Displayable {
  return { [jupyterDisplay]: () => forms };
}

/** HTML, with its words as plain text. Nothing is escaped: escape what is not yours. */
export function html(text: string): Displayable {
  return bundle({ 'text/html': text, 'text/plain': wordsOf(text) });
}

/** Markdown; formulas between dollar signs are typeset. */
export function markdown(text: string): Displayable {
  return bundle({ 'text/markdown': text, 'text/plain': text });
}

/** LaTeX, with its delimiters: `$…$`, `$$…$$` or an environment. */
export function latex(text: string): Displayable {
  return bundle({ 'text/latex': text, 'text/plain': text });
}

/** An SVG picture from its source. */
export function svg(text: string): Displayable {
  const title = /<title[^>]*>([^<]*)<\/title>/.exec(text)?.[1].trim();
  const plain = title ? `SVG picture: ${title}` : 'SVG picture';
  return bundle({ 'image/svg+xml': text, 'text/plain': plain });
}

/**
 * A picture from the bytes of its file: PNG, JPEG, GIF, WebP or PDF, told by its first bytes. Throws a
 * sentence where they are none of these and no MIME type is given.
 */
export function image(bytes: Uint8Array | ArrayBuffer, mime?: string): Displayable {
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const kind = imageKind(view);
  const type = mime ?? kind?.mime;
  if (type === undefined) {
    throw new Error(
      'image: expected the bytes of a PNG, JPEG, GIF, WebP or PDF file, or a MIME type beside them; ' +
        `these ${view.length} bytes begin like none of them.`,
    );
  }
  const { buffer, byteOffset, byteLength } = view;
  const size = imageSize(view);
  const plain = [
    kind && kind.mime === type ? `${kind.name} picture` : `Picture (${type})`,
    ...(size ? [`${size.width} × ${size.height} pixels`] : []),
    `${byteLength} bytes`,
  ].join(', ');
  const base64 = Buffer.from(buffer, byteOffset, byteLength).toString('base64');
  return bundle({ [type]: base64, 'text/plain': plain });
}

/** A Vega-Lite 5 chart, drawn from its specification, with a still picture where its data are in it. */
export function vegaLite(spec: object): Displayable {
  const plain = `Vega-Lite chart${titled('title' in spec ? spec.title : undefined)}`;
  const forms = () => ({
    [VEGA_LITE_MIME]: spec,
    ...stillForm(spec, plain),
    'text/plain': plain,
  });
  return { [jupyterDisplay]: forms };
}

/** A Plotly chart, drawn from its traces and layout. */
export function plotly(spec: {
  readonly data: readonly object[];
  readonly layout?: object;
}): Displayable {
  const { layout = {} } = spec;
  return bundle({
    [PLOTLY_MIME]: { ...spec, layout },
    'text/plain': `Plotly chart${titled('title' in layout ? layout.title : undefined)}`,
  });
}

/** ': title', from a title or an object that holds its text; nothing where there is none. */
function titled(title: unknown): string {
  if (typeof title === 'string') return title === '' ? '' : `: ${title}`;
  if (typeof title !== 'object' || title === null || !('text' in title)) return '';
  const { text } = title;
  if (Array.isArray(text)) return titled(text.join(' '));
  return typeof text === 'string' ? titled(text) : '';
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
  '&amp;': '&',
};

/** How much HTML is read for its words. */
const MOST_READ = 20_000;

/** The words of an HTML text, line by line. */
function wordsOf(text: string): string {
  const words = text
    .slice(0, MOST_READ)
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<\/(p|div|tr|li|h\d|pre|table|ul|ol)\s*>|<br\b[^>]*>/gi, '\n')
    .replace(/<\/t[dh]\s*>/gi, '\t')
    .replace(/<\/?[a-z!][^>]*>/gi, '')
    .replace(/&(lt|gt|quot|#39|nbsp|amp);/g, (entity) => ENTITIES[entity])
    .replace(/[ \t]*\n\s*/g, '\n')
    .trim();
  return words === '' ? 'HTML' : words;
}
