import type typescript from 'typescript';
import { documentedQuickInfo } from './documentation.js';
import { createPrograms, type ConverterHost, type Watch } from './programs.js';
import type { Rewriter } from './rewrite.js';
import { isOfPackage } from './sources.js';
import { requireFromTslab, ts } from './typescript.js';

/** Options in which cells differ from what tslab sets. */
const OPTIONS: typescript.CompilerOptions = {
  strict: true,
  // Sees the `exports` of a package, which the older way does not.
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ['node'],
  inlineSourceMap: true,
  inlineSources: false,
  types: ['node'],
};

/** A package without types is used as it is: that is no fault of the cell's. */
const UNTYPED_PACKAGE = 7016;

/** What the compiler says where a type would have to be written: 7005 to 7053. */
const isAboutMissingType = (code: number) => code >= 7005 && code <= 7053;

/** Packages are as they are, and JavaScript has no place to write a type. */
function concernsTheUser({ code, file }: typescript.Diagnostic): boolean {
  if (code === UNTYPED_PACKAGE) return false;
  if (file === undefined) return true;
  if (isOfPackage(file.fileName, process.cwd())) return false;
  return !(/\.[cm]?js$/.test(file.fileName) && isAboutMissingType(code));
}

/** What tslab's converter finds changed in the compiler that it loads. */
export interface ConverterView {
  readonly changes: Record<string, unknown>;
  /** Makes a file a part of every program from then on. */
  addFile(path: string): void;
}

export function createConverterView(rewriter: Rewriter): ConverterView {
  const { getPreEmitDiagnostics, getPreEmitDiagnosticsOfFiles, transpileModule } =
    ts as typeof ts & { getPreEmitDiagnosticsOfFiles: DiagnosticsOfFiles };
  const added: string[] = [];
  let update: (() => void) | undefined;
  /** Whom the converter wants told of files that have changed. */
  const watching = new Map<string, () => void>();
  const changes = {
    sys: {
      ...ts.sys,
      watchFile(path: string, tell: typescript.FileWatcherCallback): typescript.FileWatcher {
        watching.set(path, () => tell(path, ts.FileWatcherEventKind.Changed));
        return { close: () => watching.delete(path) };
      },
    },
    createWatchCompilerHost: (
      files: string[],
      asked: typescript.CompilerOptions,
      sys: typescript.System,
    ): ConverterHost => ({ files, options: { ...asked, ...OPTIONS }, sys }),
    createWatchProgram(host: ConverterHost): Watch {
      const programs = createPrograms(host, rewriter, (path) => {
        watching.get(path)?.();
        // Node would hand out what it has read before.
        if (path.endsWith('.json')) delete requireFromTslab.cache[path];
      });
      let { files } = host;
      update = () => programs.updateRootFileNames([...files, ...added]);
      return {
        ...programs,
        updateRootFileNames(given) {
          files = given;
          update!();
        },
      };
    },
    getQuickInfoAtPosition: documentedQuickInfo(ts.sys.readFile),
    transpileModule: (source: string, options: typescript.TranspileOptions) =>
      rewriter.transpile(transpileModule, source, options),
    getPreEmitDiagnosticsOfFiles: (...all: Parameters<DiagnosticsOfFiles>) =>
      getPreEmitDiagnosticsOfFiles(...all).filter(concernsTheUser),
    getPreEmitDiagnostics: (...all: Parameters<typeof getPreEmitDiagnostics>) =>
      getPreEmitDiagnostics(...all).filter(concernsTheUser),
  };
  return {
    changes,
    addFile(path) {
      added.push(path);
      update!();
    },
  };
}

type DiagnosticsOfFiles = (
  program: typescript.Program,
  files: readonly typescript.SourceFile[],
) => typescript.Diagnostic[];
