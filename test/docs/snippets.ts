import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';

/** A fenced block of a page. */
export interface Snippet {
  /** The page, from the project's folder. */
  readonly page: string;
  /** Where its fence opens, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** A command as a page gives it. */
export interface Command {
  readonly page: string;
  readonly text: string;
  readonly words: readonly string[];
  /** Whether it stands in a block, and is no name in a sentence. */
  readonly fenced: boolean;
}

const root = projectRoot();

/** The pages that tell people what to do. */
export const PAGES: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'environment.md',
  'bench/README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const FENCED = /^( *)```(\w*)\n([\s\S]*?)^\1```$/gm;

/** All blocks of all pages. */
export function snippets(): Snippet[] {
  return PAGES.flatMap((page) => {
    const content = readFileSync(join(root, page), 'utf8');
    return [...content.matchAll(FENCED)].map(({ index, 2: language, 3: text }) => ({
      page,
      line: content.slice(0, index).split('\n').length,
      language,
      text,
    }));
  });
}

/** Programs that a page may tell people to start. */
const STARTS = /^(npm|node|npx|\.venv\/bin\/\w+)$/;

/** The commands of one page: the lines of its shell blocks, and what its sentences have in backquotes. */
export function commandsOf(page: string): Command[] {
  const content = readFileSync(join(root, page), 'utf8');
  const blocks = [...content.matchAll(FENCED)].filter(([, , language]) => language === 'sh');
  const lines = blocks.flatMap(([, , , text]) => text.split('\n'));
  const inline = [...content.replace(FENCED, '').matchAll(/`([^`]+)`/g)].map(([, text]) => text);
  const commands = (texts: readonly string[], fenced: boolean) =>
    texts
      .flatMap((text) => text.replace(/\s+#.*$/, '').split(';'))
      .map((text) => text.replace(/\s+/g, ' ').trim())
      .map((text) => ({ page, text, words: text.split(' '), fenced }))
      .filter(({ words }) => STARTS.test(words[0]) && words.length > 1);
  return [...commands(lines, true), ...commands(inline, false)];
}
