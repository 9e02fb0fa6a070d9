import type typescript from 'typescript';
import type { Compiler } from '../compile/compiler.js';
import type { Evaluation } from '../evaluation.js';
import { unitsBefore } from './cursor-position.js';
import { documentedQuickInfo } from './documentation.js';
import { ts } from '../compile/typescript.js';

/** What is known of the name at a place of some code, as MIME types; nothing where none stands there. */
export function inspectionOf(
  compiler: Compiler,
  evaluation: Evaluation,
  code: string,
  cursor: number | null,
  detail: number,
): Record<string, string> | undefined {
  const at = unitsBefore(code, cursor);
  // A cursor right behind a name, or on its opening parenthesis, is still about that name.
  const places = [at, at - 1].filter((place) => place >= 0);
  for (const place of places) {
    const info = compiler.ask(code, (language, path) =>
      documentedQuickInfo(language, compiler.sources, path, place),
    );
    if (info && !isUnknown(info))
      return described(info, detail > 0 ? sourceOf(evaluation, code, info) : undefined);
  }
  return undefined;
}

/** What the compiler says of a name that stands for nothing. */
const isUnknown = (info: typescript.QuickInfo) =>
  ts.displayPartsToString(info.displayParts) === 'any';

function described(info: typescript.QuickInfo, source: string | undefined): Record<string, string> {
  const signature = ts.displayPartsToString(info.displayParts);
  const documentation = ts.displayPartsToString(info.documentation);
  const tags = (info.tags ?? []).map(({ name, text }) => {
    return `@${name} ${ts.displayPartsToString(text)}`.trim();
  });
  const words = [documentation, ...tags].filter((part) => part !== '');
  const code = source === undefined ? [] : [source];
  const fenced = (text: string) => `\`\`\`typescript\n${text}\n\`\`\``;
  return {
    'text/plain': [signature, ...words, ...code].join('\n\n'),
    'text/markdown': [fenced(signature), ...words, ...code.map(fenced)].join('\n\n'),
  };
}

/** The code of a function that a cell has made, as it runs. */
function sourceOf(
  { scope }: Evaluation,
  code: string,
  { textSpan: { start, length } }: typescript.QuickInfo,
): string | undefined {
  const value = scope.get(code.slice(start, start + length));
  return typeof value === 'function' ? Function.prototype.toString.call(value) : undefined;
}
