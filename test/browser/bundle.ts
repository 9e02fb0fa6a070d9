import { build, type BuildOptions } from 'esbuild';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '../helpers/project-root.js';

export interface Bundle {
  readonly code: string;
  /** Bytes of the minified code, and of the same packed by gzip. */
  readonly size: number;
  readonly packed: number;
  /** The files whose code is in it, below the project's folder. */
  readonly files: readonly string[];
}

/**
 * A script with all that it imports, `afterfit` included, as bundlers for browsers take it: minified, one
 * ES module. Rejects with the bundler's first complaint where something cannot be found.
 */
export async function bundleForBrowser(script: string): Promise<Bundle> {
  const options = {
    stdin: { contents: script, resolveDir: join(projectRoot(), '.build', 'test', 'browser') },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    metafile: true,
    write: false,
    absWorkingDir: projectRoot(),
    logLevel: 'silent',
  } as const satisfies BuildOptions;
  const { outputFiles, metafile } = await build(options);
  const [{ contents, text }] = outputFiles;
  const [{ inputs }] = Object.values(metafile.outputs);
  const files = Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0);
  return { code: text, size: contents.length, packed: gzipSync(contents).length, files };
}

/** '292 kB, 102 kB gzipped'. */
export function sizeWords({ size, packed }: Bundle): string {
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1e3)} kB`;
  return `${kilobytes(size)}, ${kilobytes(packed)} gzipped`;
}
