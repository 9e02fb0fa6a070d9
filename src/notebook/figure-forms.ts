import { mimeBundle, type Figure } from '../charts/figure.js';
import { figureText } from '../charts/figure-text.js';
import { drawNow, pngNow } from '../charts/node/index.js';
import { escapeHtml } from '../text/html.js';
import type { MimeBundle } from './jupyter-display.js';

/** From so many marks on a browser is slow with an SVG, and a PNG is smaller. */
const MANY_MARKS = 2000;

/**
 * All forms of a figure: the one that JupyterLab draws, a still picture for pages, prints and code hosts, with
 * its words for a screen reader, and its text. What turns in a notebook is its twin on paper.
 */
export function figureForms(figure: Figure): MimeBundle {
  const { title, caption, twin } = figure;
  const still = figure.kind === 'vega-lite' ? figure : twin;
  return {
    ...mimeBundle(figure),
    ...(still ? stillForm(still.spec, title, caption) : {}),
    'text/plain': figureText(still ? { ...still, title, caption } : figure),
  };
}

/** A Vega-Lite specification as a still picture; none where Vega cannot draw it without asking elsewhere. */
export function stillForm(spec: object, title: string, caption = ''): MimeBundle {
  let svg: string;
  try {
    svg = drawNow(spec);
  } catch {
    // The notebook says what is wrong with the specification.
    return {};
  }
  const marks = svg.match(/<(path|text|image|line|rect)\b/g)?.length ?? 0;
  const png = marks > MANY_MARKS ? pngNow(svg) : undefined;
  if (png) return { 'image/png': Buffer.from(png).toString('base64') };
  return { 'image/svg+xml': withWords(svg, title, caption) };
}

/** The drawing with what it is called and what it shows, no wider than its page. */
function withWords(svg: string, title: string, caption: string): string {
  const [name, words] = [title, caption].map(escapeHtml);
  const label = [name, words].filter((text) => text !== '').join('. ');
  const described = `${name === '' ? '' : `<title>${name}</title>`}${words === '' ? '' : `<desc>${words}</desc>`}`;
  return svg.replace(
    /^<svg([^>]*)>/,
    (_, attributes: string) =>
      `<svg${attributes} role="img" aria-label="${label}" style="max-width:100%;height:auto">${described}`,
  );
}
