import { statSync } from 'node:fs';
import type typescript from 'typescript';
import { ts } from './typescript.js';

/** Whether a file is a package's, or the language's library: those stay as they are in a session. */
export function isOfPackage(path: string, folder: string): boolean {
  return (path.startsWith(folder) ? path.slice(folder.length) : path).includes('/node_modules/');
}

export const isDeclarationFile = (path: string): boolean => /\.d\.([^.]+\.)?[cm]?ts$/.test(path);

/** The files that a compiler sees: those on the disk, and those that are in memory alone. */
export interface Sources {
  /** Puts a file in the place of whatever has its path. */
  write(path: string, text: string): void;
  remove(path: string): void;
  isWritten(path: string): boolean;
  readFile(path: string): string | undefined;
  fileExists(path: string): boolean;
  /** Changes with the file's content, as that was when `refresh` was called last. */
  versionOf(path: string): string;
  /** Lets it be seen which files have changed by now. */
  refresh(): void;
  snapshotOf(path: string): typescript.IScriptSnapshot | undefined;
  /** Hands out parsed files to a language service, each parsed again only when it has changed. */
  readonly registry: typescript.DocumentRegistry;
}

interface Known<Content> {
  readonly version: string;
  readonly content: Content;
}

/** What a compiler's registry calls the options of a file. */
type SourceOptions = typescript.CreateSourceFileOptions & { jsDocParsingMode?: number };

export function createSources(folder: string): Sources {
  const written = new Map<string, { readonly text: string; readonly version: string }>();
  const snapshots = new Map<string, Known<typescript.IScriptSnapshot>>();
  const parsed = new Map<string, Known<typescript.SourceFile>>();
  const times = new Map<string, string>();
  let count = 0;

  const readFile = (path: string) => written.get(path)?.text ?? ts.sys.readFile(path);
  const versionOf = (path: string) => {
    const own = written.get(path)?.version;
    if (own !== undefined) return own;
    if (isOfPackage(path, folder)) return 'settled';
    let time = times.get(path);
    if (time === undefined) {
      time = String(statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 'none');
      times.set(path, time);
    }
    return time;
  };
  const snapshotOf = (path: string) => {
    const version = versionOf(path);
    const known = snapshots.get(path);
    if (known?.version === version) return known.content;
    const text = readFile(path);
    if (text === undefined) return undefined;
    const content = ts.ScriptSnapshot.fromString(text);
    snapshots.set(path, { version, content });
    return content;
  };
  const get = (
    path: string,
    snapshot: typescript.IScriptSnapshot,
    version: string,
    kind: typescript.ScriptKind | undefined,
    given: SourceOptions,
  ) => {
    const known = parsed.get(path);
    if (known?.version === version) return known.content;
    const isPackages = isDeclarationFile(path) && !written.has(path);
    // Documentation is read when it is asked for: parsing it takes a tenth of a session's start.
    const mode = isPackages ? ts.JSDocParsingMode.ParseNone : ts.JSDocParsingMode.ParseAll;
    const options = { ...given, jsDocParsingMode: mode };
    const content = ts.createLanguageServiceSourceFile(
      path,
      snapshot,
      options,
      version,
      false,
      kind,
    );
    parsed.set(path, { version, content });
    return content;
  };
  const registry = {
    acquireDocumentWithKey: (
      path: string,
      _path: unknown,
      _options: unknown,
      _key: unknown,
      snapshot: typescript.IScriptSnapshot,
      version: string,
      kind?: typescript.ScriptKind,
      options?: SourceOptions,
    ) => get(path, snapshot, version, kind, options!),
    getKeyForCompilationSettings: () => 'one',
    releaseDocumentWithKey: () => undefined,
  };
  return {
    write(path, text) {
      if (written.get(path)?.text !== text) written.set(path, { text, version: `w${++count}` });
    },
    remove(path) {
      for (const each of [written, snapshots, parsed]) each.delete(path);
    },
    isWritten: (path) => written.has(path),
    readFile,
    fileExists: (path) => written.has(path) || ts.sys.fileExists(path),
    versionOf,
    refresh: () => times.clear(),
    snapshotOf,
    registry: {
      ...registry,
      updateDocumentWithKey: registry.acquireDocumentWithKey,
    } as unknown as typescript.DocumentRegistry,
  };
}
