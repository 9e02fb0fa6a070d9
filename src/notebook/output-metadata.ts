import { VEGA_LITE_MIME } from '../charts/figure.js';
import type { MimeBundle } from './jupyter-display.js';

/**
 * The style of charts in JupyterLab, in the place of vega-embed's own: a chart shrinks to its page, and the menu
 * beside it stays as it was.
 */
const STYLE = [
  '.vega-embed{position:relative;display:inline-block;box-sizing:border-box;max-width:100%}',
  '.vega-embed.has-actions{padding-right:38px}',
  '.vega-embed svg.marks,.vega-embed canvas.marks{max-width:100%;height:auto!important}',
  '.vega-embed input[type=range]{max-width:100%}',
  '.vega-embed details:not([open])>:not(summary){display:none!important}',
  '.vega-embed summary{list-style:none;position:absolute;top:0;right:0;padding:6px;z-index:1000;background:#fff;' +
    'color:#1b1e23;border:1px solid #aaa;border-radius:999px;opacity:.2;cursor:pointer;line-height:0}',
  '.vega-embed summary::-webkit-details-marker{display:none}',
  '.vega-embed summary svg{width:14px;height:14px}',
  '.vega-embed:hover summary,.vega-embed:focus-within summary{opacity:1}',
  '.vega-embed .vega-actions{position:absolute;z-index:1001;top:35px;right:0;display:flex;flex-direction:column;' +
    'padding:8px 0;border:1px solid #d9d9d9;border-radius:4px;background:#fff;text-align:left}',
  '.vega-embed .vega-actions a{padding:8px 16px;font:600 14px sans-serif;white-space:nowrap;color:#434a56;' +
    'text-decoration:none}',
  '.vega-embed .vega-actions a:hover,.vega-embed .vega-actions a:focus{background:#f7f7f9;color:#000}',
].join('\n');

/** What a notebook is told about the forms of an output, by MIME type: charts are drawn as SVG, which can shrink. */
export function metadataFor(data: MimeBundle): object {
  if (!(VEGA_LITE_MIME in data)) return {};
  return { [VEGA_LITE_MIME]: { embed_options: { renderer: 'svg', defaultStyle: STYLE } } };
}
