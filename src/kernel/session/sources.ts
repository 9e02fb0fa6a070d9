import type typescript from 'typescript';
import { isDeclarationFile, withoutDocumentation } from './documentation.js';
import { ts } from './typescript.js';

/** What of the disk a compiler sees: with the cell's own files, which are not on it. */
export interface Disk {
  readFile(path: string): string | undefined;
  getModifiedTime?(path: string): Date | undefined;
}

type SourceOptions = typescript.ScriptTarget | typescript.CreateSourceFileOptions;

/** Parsed files, each parsed again only when it has changed. */
export interface Sources {
  get(path: string, options: SourceOptions): typescript.SourceFile | undefined;
  /** Has a file parsed again although it is as it was. */
  forget(path: string): void;
  /** Forgets the files that have changed by now, of all or of some; their paths. */
  refresh(among?: readonly string[]): string[];
}

interface Known {
  readonly file: typescript.SourceFile;
  /** Changes with the content. */
  readonly version: string | number;
}

/** Whether a file is a package's, or the language's library: those stay as they are in a session. */
export function isOfPackage(path: string, folder: string): boolean {
  return (path.startsWith(folder) ? path.slice(folder.length) : path).includes('/node_modules/');
}

/** `onRead` hears of each file that may change, when it is read. */
export function createSources(disk: Disk, folder: string, onRead: (path: string) => void): Sources {
  const settled = new Map<string, typescript.SourceFile>();
  const changing = new Map<string, Known>();
  const versionOf = (path: string) =>
    disk.getModifiedTime?.(path)?.getTime() ?? disk.readFile(path) ?? -1;
  return {
    get(path, options) {
      const known = settled.get(path) ?? changing.get(path)?.file;
      if (known) return known;
      const text = disk.readFile(path);
      if (text === undefined) return undefined;
      const version = isOfPackage(path, folder) ? undefined : versionOf(path);
      const isOnDisk = typeof version !== 'string';
      const passesOver = isOnDisk && isDeclarationFile(path);
      const parsed = passesOver ? withoutDocumentation(text) : text;
      const file = ts.createSourceFile(path, parsed, options);
      if (version === undefined) settled.set(path, file);
      else {
        onRead(path);
        changing.set(path, { file, version });
      }
      return file;
    },
    forget: (path) => void changing.delete(path),
    refresh(among = [...changing.keys()]) {
      const changed = among.filter((path) => {
        const known = changing.get(path);
        return known !== undefined && versionOf(path) !== known.version;
      });
      for (const path of changed) changing.delete(path);
      return changed;
    },
  };
}
