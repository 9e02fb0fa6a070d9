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
  'specs',
  'records',
  'charts',
  'claims',
  'report',
  'experiments',
  'course',
  'notebook',
  'kernel',
  'cli',
] as const;

/**
 * Folders whose code runs in a browser as well: nothing of Node in them, but for a folder `node` inside,
 * which holds what reads and writes files.
 */
const portableFolders = [
  'numerics',
  'text',
  'datasets',
  'networks',
  'losses',
  'flows',
  'metrics',
  'specs',
  'records',
  'charts',
  'claims',
  'report',
  'course',
] as const;

/** Folders whose code computes: what judges or draws records gets none of it. */
const computingFolders = [
  'datasets',
  'networks',
  'losses',
  'flows',
  'training',
  'native',
  'experiments',
] as const;

/** What a browser gets in the place of index.ts. */
export const BROWSER_ENTRY = 'browser.ts';

/** Folders that the others reach through their index only, so that what lies inside may move. */
const foldersWithDoor = ['flows'] as const;

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

/**
 * A file, all that its code brings along when it runs, by their paths below src, and the packages and
 * modules of Node that they import. Types bring nothing.
 */
export function runtimeClosure(
  files: readonly SourceFile[],
  entry: string,
): { readonly files: readonly SourceFile[]; readonly packages: readonly string[] } {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const found = new Map<string, SourceFile>();
  const packages = new Set<string>();
  const visit = (path: string) => {
    const file = byPath.get(path);
    if (file === undefined || found.has(path)) return;
    found.set(path, file);
    for (const { specifier, typeOnly } of statementsOf(file)) {
      if (typeOnly) continue;
      if (specifier.startsWith('.')) visit(resolved(path, specifier));
      else packages.add(specifier);
    }
  };
  visit(entry);
  return { files: [...found.values()], packages: [...packages].sort() };
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

/** Imports from a folder with a door that go round it. */
export function importsPastDoors(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    neighboursOf(file)
      .filter((target) => folderOf(target) !== folderOf(file.path))
      .filter((target) => (foldersWithDoor as readonly string[]).includes(folderOf(target)))
      .filter((target) => target !== `${folderOf(target)}/index.ts`)
      .map((target) => `${file.path} imports ${target}`),
  );
}

/** One path round each cycle of imports that a search meets, as 'a → b → a'; types count. */
export function importCycles(files: readonly SourceFile[]): string[] {
  const graph = new Map(files.map((file) => [file.path, neighboursOf(file)]));
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

const isPortable = (path: string) =>
  (portableFolders as readonly string[]).includes(folderOf(path)) && !path.includes('/node/');

/** Words of Node in the folders that run anywhere. */
export function nodeUses(files: readonly SourceFile[]): string[] {
  return nodeWordsIn(files.filter(({ path }) => isPortable(path)));
}

/** Words of Node in any files. */
export function nodeWordsIn(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const code = withoutComments(text);
    return nodeWords
      .filter(([, pattern]) => pattern.test(code))
      .map(([word]) => `${path} uses ${word}`);
  });
}

/**
 * The files that chosen ones reach by imports that are left at run time, each with the file that was first
 * seen to import it.
 */
function reachedFrom(
  files: readonly SourceFile[],
  isChosen: (path: string) => boolean,
): Map<string, string> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const from = new Map<string, string>();
  const waiting = files.map(({ path }) => path).filter(isChosen);
  for (const path of waiting) {
    for (const { specifier, typeOnly } of statementsOf(byPath.get(path)!)) {
      if (typeOnly || !specifier.startsWith('.')) continue;
      const target = resolved(path, specifier);
      if (isChosen(target) || from.has(target) || !byPath.has(target)) continue;
      from.set(target, path);
      waiting.push(target);
    }
  }
  return from;
}

/** Whether a file judges or draws records: a claim's, what claims share, or a chart's. */
export function readsRecords(path: string): boolean {
  return /^(claims\/[^/]+|charts)\/[^/]+\.ts$/.test(path);
}

/** Files that compute and that those which read records reach by imports that are left at run time. */
export function computingReached(files: readonly SourceFile[]): string[] {
  return [...reachedFrom(files, readsRecords)]
    .filter(([target]) => (computingFolders as readonly string[]).includes(folderOf(target)))
    .map(([target, path]) => `${path} imports ${target}`);
}

/** Files of 300 lines or more. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files
    .map(({ path, text }) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines >= 300)
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}
