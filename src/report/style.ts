/** The page's style: from 320 pixels up, light and dark, and on paper. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1f2328; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa;
  --link: #0a58ca; --supported: #00684a; --contradicted: #a3260b; --inconclusive: #7a5200; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171a; --ink: #e6e8ea; --soft: #abb3bb; --line: #3b434b;
  --panel: #1e2328; --link: #82b8ff; --supported: #5fd3a8; --contradicted: #ff9c84; --inconclusive: #f1c163; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, 'DejaVu Sans', Helvetica, Arial, sans-serif; overflow-wrap: break-word; }
header, main, footer { max-width: 72rem; margin: 0 auto; padding: 1rem 1.25rem; }
a { color: var(--link); }
a:focus-visible, button:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 1rem 0 .5rem; text-wrap: balance; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .5rem; text-wrap: balance; }
h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
p { margin: .5rem 0; max-width: 46rem; } .soft { color: var(--soft); }
code { font: .9em ui-monospace, 'DejaVu Sans Mono', Menlo, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .8rem .45rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; } thead th { border-bottom-color: var(--soft); white-space: nowrap; }
tbody th { font-weight: 400; } #claims tbody th { white-space: nowrap; } tbody th a { font-weight: 600; }
td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.verdict { font-weight: 600; white-space: nowrap; }
.supported { color: var(--supported); } .contradicted { color: var(--contradicted); } .inconclusive { color: var(--inconclusive); }
.claim { border-top: 1px solid var(--line); padding: 2rem 0 1rem; margin-top: 1rem; }
.answer { font-size: 1.05rem; }
.figures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.5rem; margin: 1.25rem 0; }
figure { margin: 0; } figure.panels { grid-column: 1 / -1; }
figure img { display: block; max-width: 100%; height: auto; margin: 0 auto; background: #fff; border: 1px solid var(--line); border-radius: 6px; }
figcaption { font-size: .9rem; padding-top: .5rem; } figcaption strong { display: block; } figcaption button { margin-top: .4rem; }
button { font: inherit; font-size: .9rem; color: var(--ink); background: var(--panel); border: 1px solid var(--soft); border-radius: 6px;
  padding: .3rem .8rem; min-height: 2rem; cursor: pointer; }
details { margin: .6rem 0; border: 1px solid var(--line); border-radius: 6px; padding: 0 .9rem; background: var(--panel); }
summary { cursor: pointer; font-weight: 600; padding: .6rem 0; } details > :last-child { margin-bottom: .8rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1.2rem; } dt { color: var(--soft); } dd { margin: 0; }
.tools { display: none; } .scripted .tools { display: block; } .scripted .figure-tools { display: block; } .figure-tools { display: none; }
dialog { width: min(66rem, 96vw); max-height: 94vh; border: 1px solid var(--soft); border-radius: 8px; background: var(--paper); color: var(--ink); padding: 1rem 1.25rem; }
dialog::backdrop { background: rgb(0 0 0 / 55%); }
dialog h2 { padding-right: 5rem; } dialog .close { position: absolute; right: 1rem; top: 1rem; }
#drawing { overflow: auto; background: #fff; color: #222; border: 1px solid var(--line); border-radius: 6px; margin: .6rem 0; touch-action: pan-x pan-y; }
#drawing svg { display: block; margin: 0 auto; } #drawing form, #drawing .vega-bindings { padding: .5rem .8rem; }
#values { min-height: 3.2em; font-variant-numeric: tabular-nums; }
@media screen and (max-width: 44rem) {
  header, main, footer { padding: .75rem 1rem; } h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; }
  .figures { grid-template-columns: minmax(0, 1fr); }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  table, tbody, tr, tbody th, td { display: block; } tr { padding: .6rem 0; border-bottom: 1px solid var(--line); }
  tbody th, td { border: 0; padding: .1rem 0; } td.number { white-space: normal; }
  td[data-label]::before { content: attr(data-label) ': '; color: var(--soft); }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: .5rem; }
}
@media print {
  @page { margin: 16mm 14mm; }
  :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --panel: #fff; --link: #000;
    --supported: #00684a; --contradicted: #a3260b; --inconclusive: #7a5200; }
  body { font-size: 10pt; } header, main, footer { max-width: none; padding: 0; } a { text-decoration: none; }
  .tools, .figure-tools, .scripted .tools, .scripted .figure-tools, .skip, .back, dialog { display: none; }
  h2, h3, thead { break-after: avoid; } figure, tr { break-inside: avoid; } .claim { break-before: page; border: 0; padding-top: 0; margin-top: 0; }
  table { font-size: 8.5pt; } details { border: 0; padding: 0; } details::details-content { content-visibility: visible; height: auto; opacity: 1; }
  summary { list-style: none; } figure img { border: 0; max-height: 110mm; width: auto; }
}
`;
