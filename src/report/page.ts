import type { Verdict } from '../claims/index.js';
import { durationText } from '../text/durations.js';
import { escapeHtml } from '../text/html.js';
import { counted } from '../text/numbers.js';
import { claimSection, verdictHtml } from './claim-section.js';
import { foldedHtml, tableHtml, termsHtml } from './html.js';
import { packed } from './packed.js';
import type { Report, Runtime } from './report.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';

const KINDS: readonly Verdict[] = ['supported', 'contradicted', 'inconclusive'];

const HINT =
  'Point to a curve or a dot to read its values here. Drag to move and scroll to zoom, where the figure has axes.';

/**
 * One HTML page of all verdicts, with their numbers, figures and provenance, that needs no other file and no
 * network: the same report gives the same bytes.
 */
export function reportPage(report: Report, runtime: Runtime): string {
  const title = `afterfit: what one run says of ${counted(report.claims.length, 'claim')}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="afterfit ${escapeHtml(report.provenance.afterfit)}">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#claims">To the claims</a>
<header>
<h1>${escapeHtml(title)}</h1>
<p>Where do neural networks go <em>after</em> they fit their training data? Each claim below was held against the numbers
of this run, with thresholds that were fixed before. ${escapeHtml(summary(report))}</p>
<p class="soft">${escapeHtml(settingText(report))} α ≈ −log of the loss. <a href="#provenance">Where the numbers come from</a></p>
<p class="tools"><button type="button" id="unfold" aria-pressed="false">Unfold everything</button></p>
</header>
<main>
<section id="claims" aria-label="All claims">
${overviewHtml(report)}
${missingHtml(report)}
</section>
${report.claims.map(claimSection).join('\n')}
${otherNotebooks(report)}
${provenanceHtml(report)}
</main>
<footer class="soft">
<p>Written by <code>npm run report</code> from what <code>npm run reproduce</code> kept; nothing was computed again.</p>
</footer>
${dialogHtml(report, runtime)}
</body>
</html>
`;
}

function summary({ claims }: Report): string {
  const counts = KINDS.map((kind) => {
    const count = claims.filter(({ verdict }) => verdict === kind).length;
    return `${count === 0 ? 'none' : count} ${count > 1 ? 'are' : 'is'} ${kind}`;
  });
  const others = claims.filter(({ verdict, expected }) => verdict !== expected).length;
  const end =
    others === 0
      ? 'All verdicts are the expected ones.'
      : `${counted(others, 'verdict')} ${others === 1 ? 'differs from the expected one' : 'differ from the expected ones'}.`;
  return `Of ${counted(claims.length, 'claim')}, ${counts.slice(0, -1).join(', ')} and ${counts.at(-1)}. ${end}`;
}

function settingText({ provenance, timings }: Report): string {
  const { scale, seed } = provenance;
  const day = timings === undefined ? '' : `, begun on ${timings.began.slice(0, 10)}`;
  return `Scale ${scale}, seed ${seed}${day}.`;
}

function overviewHtml({ claims }: Report): string {
  const columns = [
    { heading: 'claim' },
    { heading: 'in short' },
    { heading: 'verdict' },
    { heading: 'key number' },
  ];
  const rows = claims.map(({ id, title, verdict, expected, headline }) => [
    `<a href="#${id}">${id}</a>`,
    escapeHtml(title),
    verdictHtml(verdict) + (verdict === expected ? '' : `<br>expected: ${expected}`),
    escapeHtml(headline ?? ''),
  ]);
  return tableHtml('Verdicts', columns, rows);
}

function missingHtml({ missing }: Report): string {
  if (missing.length === 0) return '';
  const items = missing.map(
    ({ id, reason }) => `<li><code>${escapeHtml(id)}</code>: ${escapeHtml(reason)}</li>`,
  );
  return `<h2>Without a result</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

function otherNotebooks({ notebooks }: Report): string {
  if (notebooks.length === 0) return '';
  const items = notebooks.map(
    ({ name, link }) => `<li><a href="${escapeHtml(link)}">${escapeHtml(name)}</a></li>`,
  );
  return `<section class="claim"><h2>Other executed notebooks</h2>\n<ul>\n${items.join('\n')}\n</ul></section>`;
}

function provenanceHtml({ provenance, timings }: Report): string {
  const { afterfit, scale, seed, node, linearAlgebra, versions, commit, dirty, data } = provenance;
  const code = (text: string) => `<code>${escapeHtml(text)}</code>`;
  const state = dirty ? ' with changes that were not committed' : '';
  const machine = timings?.machine;
  const hashes = Object.entries(data).map(([name, hash]) => [escapeHtml(name), code(hash)]);
  const packages = Object.entries(versions).map(([name, version]) => [
    code(name),
    escapeHtml(version ?? 'not installed'),
  ]);
  return `<section class="claim" id="provenance" aria-labelledby="provenance-title">
<h2 id="provenance-title">Where the numbers come from</h2>
<p>With this code, scale and seed, version of Node and linear algebra, every run gives the same bytes.</p>
${termsHtml([
  ['Scale and seed', `${escapeHtml(scale)}, ${seed}`],
  ['afterfit', escapeHtml(afterfit)],
  ['Commit', commit === null ? 'not known' : code(commit) + state],
  ['Node', escapeHtml(node)],
  ['Linear algebra', escapeHtml(linearAlgebra)],
  ...(machine === undefined
    ? []
    : ([
        ['Machine', escapeHtml(machineText(machine))],
        ['Time', durationText(1000 * timings!.seconds)],
      ] as const)),
])}
${foldedHtml(`Versions of ${counted(packages.length, 'package')}`, tableHtml('Packages', [{ heading: 'package' }, { heading: 'version' }], packages))}
${foldedHtml(`SHA-256 of ${counted(hashes.length, 'data set')}`, tableHtml('Data', [{ heading: 'data' }, { heading: 'SHA-256' }], hashes))}
</section>`;
}

function machineText({
  platform,
  processor,
  cores,
  memory,
}: NonNullable<Report['timings']>['machine']): string {
  return `${processor}, ${counted(cores, 'core')}, ${(memory / 2 ** 30).toFixed(0)} GiB, ${platform}`;
}

function dialogHtml({ claims }: Report, { script, licence }: Runtime): string {
  const figures = claims.flatMap((claim) => claim.figures);
  const data = figures.map(
    ({ name, moving }) =>
      `<script type="application/gzip" id="moving-${escapeHtml(name)}">${packed(JSON.stringify(moving))}</script>`,
  );
  return `<dialog id="explore" aria-labelledby="explored">
<h2 id="explored">Figure</h2>
<form method="dialog"><button class="close">Close</button></form>
<p id="values" role="status" data-hint="${escapeHtml(HINT)}">${escapeHtml(HINT)}</p>
<div id="drawing" role="group" tabindex="0" aria-label="Figure"></div>
</dialog>
${data.join('\n')}
<!-- Vega:
${licence.trim().replaceAll('--', '- -')}
-->
<script type="application/gzip" id="vega">${packed(script)}</script>
<script>${SCRIPT}</script>`;
}
