/** A source file: its path below src, with forward slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Data flow one way: a folder imports from itself and from those before it. */
export const folderOrder = [
  'numerics',
  'text',
  'files',
  'datasets',
  'networks',
  'losses',
  'flows',
  'metrics',
  'tensors',
  'training',
  'experiments',
  'claims',
  'figures',
  'notebook',
  'kernel',
  'cli',
] as const;

/** Folders whose code runs in a browser as well: nothing of Node in them. */
const portableFolders = ['numerics', 'text', 'networks', 'losses', 'flows', 'metrics'] as const;

const nodeWords: readonly [string, RegExp][] = [
  ['a node: import', /['"]node:/],
  ['process', /(?<![\w.$-])process\s*[.[]/],
  ['Buffer', /(?<![\w.$])Buffer\b/],
  ['require(', /(?<![\w.$])require\s*\(/],
  ['koffi', /['"]koffi/],
  ['__dirname', /\b__dirname\b/],
];

/** The same text with comments blanked out; quoted texts stay. */
function withoutComments(text: string): string {
  const pattern =
    /('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/.*/g;
  return text.replace(pattern, (_match, quoted: string | undefined) => quoted ?? ' ');
}

interface Import {
  readonly specifier: string;
  /** True where nothing is left of the import once types are erased. */
  readonly typeOnly: boolean;
}

/** What a file imports or re-exports, as written. */
function statementsOf({ text }: SourceFile): Import[] {
  const code = withoutComments(text);
  const from = /^\s*(?:import|export)\b([^'"`;]*?)\bfrom\s*['"]([^'"]+)['"]/gm;
  const bare = /^\s*import\s*['"]([^'"]+)['"]/gm;
  const dynamic = /\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)/g;
  const named = [...code.matchAll(from)].map(([, what, specifier]) => ({
    specifier,
    typeOnly: /^\s*type\b/.test(what) || /^\s*\{(\s*type\s[^,}]*,?)+\s*\}\s*$/.test(what),
  }));
  const others = [bare, dynamic].flatMap((pattern) =>
    [...code.matchAll(pattern)].map(([, specifier]) => ({ specifier, typeOnly: false })),
  );
  return [...named, ...others];
}

/** The same by name alone; types count. */
export function importsOf(file: SourceFile): string[] {
  return statementsOf(file).map(({ specifier }) => specifier);
}

/** The path below src that a relative import means. */
function resolved(path: string, specifier: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/').replace(/\.js$/, '.ts');
}

/** Relative imports of a file, as paths below src. */
function neighboursOf(file: SourceFile): string[] {
  return importsOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => resolved(file.path, specifier));
}

/** The same without types from the file's own folder, which may name each other freely. */
function dependenciesOf(file: SourceFile): string[] {
  return statementsOf(file)
    .filter(({ specifier }) => specifier.startsWith('.'))
    .filter(({ specifier, typeOnly }) => !(typeOnly && specifier.lastIndexOf('/') === 1))
    .map(({ specifier }) => resolved(file.path, specifier));
}

const folderOf = (path: string) => (path.includes('/') ? path.split('/')[0] : '');
const rankOf = (path: string) => folderOrder.indexOf(folderOf(path) as 'numerics');

/** Imports against the order of folders, and files in a folder that has no place in it. */
export function upwardImports(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const folder = folderOf(file.path);
    // src/index.ts gathers everything; src/native has a rule of its own.
    if (folder === '' || folder === 'native') return [];
    if (rankOf(file.path) < 0)
      return [`${file.path} lies in a folder that has no place in the order`];
    return neighboursOf(file)
      .filter((target) => folderOf(target) !== 'native')
      .filter((target) => rankOf(target) < 0 || rankOf(target) > rankOf(file.path))
      .map((target) => `${file.path} imports ${target}`);
  });
}

/** src/native imports numerics alone, and only src/index.ts and src/cli import it. */
export function nativeImports(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const folder = folderOf(file.path);
    const allowed = (target: string) => {
      if (folder === 'native') return ['native', 'numerics'].includes(folderOf(target));
      return folderOf(target) !== 'native' || folder === 'cli' || file.path === 'index.ts';
    };
    return neighboursOf(file)
      .filter((target) => !allowed(target))
      .map((target) => `${file.path} imports ${target}`);
  });
}

/**
 * One path round each cycle of imports that a search meets, as 'a → b → a'. Types count across folders,
 * not within one.
 */
export function importCycles(files: readonly SourceFile[]): string[] {
  const graph = new Map(files.map((file) => [file.path, dependenciesOf(file)]));
  const finished = new Set<string>();
  const trail: string[] = [];
  const cycles: string[] = [];
  const visit = (path: string) => {
    if (finished.has(path) || !graph.has(path)) return;
    const seen = trail.indexOf(path);
    if (seen >= 0) {
      cycles.push([...trail.slice(seen), path].join(' → '));
      return;
    }
    trail.push(path);
    for (const target of graph.get(path)!) visit(target);
    trail.pop();
    finished.add(path);
  };
  for (const file of files) visit(file.path);
  return cycles;
}

/** Relative imports of files that are not there, or that leave src. */
export function missingImports(files: readonly SourceFile[]): string[] {
  const known = new Set(files.map((file) => file.path));
  return files.flatMap((file) =>
    neighboursOf(file)
      .filter((target) => !known.has(target))
      .map((target) => `${file.path} imports ${target}`),
  );
}

/** Words of Node in the folders that run anywhere. */
export function nodeUses(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => (portableFolders as readonly string[]).includes(folderOf(path)))
    .flatMap(({ path, text }) => {
      const code = withoutComments(text);
      return nodeWords
        .filter(([, pattern]) => pattern.test(code))
        .map(([word]) => `${path} uses ${word}`);
    });
}

/** Files of 300 lines or more. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files
    .map(({ path, text }) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines >= 300)
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}
