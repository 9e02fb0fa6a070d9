import type { Figure } from '../charts/index.js';
import { toSvg } from '../charts/svg.js';
import { escapeHtml } from '../text/html.js';

const STYLE = `
body { font: 15px/1.5 'DejaVu Sans', Helvetica, Arial, sans-serif; color: #222; margin: 0 auto; padding: 1.5rem; max-width: 70rem; }
h1 { font-size: 1.4rem; margin: 0 0 .5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.end { border-left: 4px solid #D55E00; padding: .4rem .8rem; background: #faf6f3; } .end.finished { border-color: #009E73; background: #f3faf7; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 1rem; }
figure { margin: 0; } figure img { display: block; width: 100%; height: auto; } figcaption { font-size: .85rem; color: #555; padding: 0 .8rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .85rem; }
th, td { padding: .3rem .7rem; text-align: right; border-bottom: 1px solid #e0e0e0; white-space: nowrap; } th { font-weight: 600; border-bottom-color: #888; }
p { overflow-wrap: anywhere; margin: .5rem 0; }
`;

/** A page of a title and parts that are HTML already; it needs no other file. */
export function htmlPage(title: string, parts: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${parts.join('\n')}
</body>
</html>
`;
}

/** Figures beside each other, or a sentence where there are none. */
export async function figuresHtml(figures: readonly Figure[]): Promise<string> {
  const drawn: string[] = [];
  for (const figure of figures) drawn.push(await figureHtml(figure));
  const content = drawn.length > 0 ? drawn.join('\n') : '<p>Too few rows for figures.</p>';
  return `<h2>Figures</h2>\n<div class="figures">\n${content}\n</div>`;
}

/** As an image of its own, so that the names inside the drawings do not meet. */
async function figureHtml(figure: Figure): Promise<string> {
  const svg = Buffer.from(await toSvg(figure)).toString('base64');
  const image = `<img alt="${escapeHtml(figure.title)}" src="data:image/svg+xml;base64,${svg}">`;
  return `<figure>${image}<figcaption>${escapeHtml(figure.caption)}</figcaption></figure>`;
}

/** Sentences, each a paragraph. */
export function paragraphs(texts: readonly string[]): string {
  return texts.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n');
}

/** A table of texts, which scrolls where it is too wide. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  const body = rows.map((cells) => line(cells, 'td')).join('\n');
  return `<div class="scroll"><table>\n${line(headings, 'th')}\n${body}\n</table></div>`;
}
