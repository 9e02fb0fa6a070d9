import { createRequire } from 'node:module';
import { PROTOCOL_VERSION } from './wire.js';

const require = createRequire(import.meta.url);
const versionOf = (manifest: string) => (require(manifest) as { version: string }).version;

/** The compiler's version, from its manifest: loading it here would cost a third of a second. */
const compilerVersion = (): string => versionOf('typescript/package.json');

/** The content of a kernel_info_reply. */
export function kernelInfo(): object {
  const version = versionOf('../../package.json');
  const typescript = compilerVersion();
  return {
    status: 'ok',
    protocol_version: PROTOCOL_VERSION,
    implementation: 'afterfit',
    implementation_version: version,
    banner: `TypeScript ${typescript} on Node ${process.versions.node}: afterfit's kernel ${version}`,
    language_info: {
      name: 'typescript',
      version: typescript,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      nbconvert_exporter: 'script',
      // JupyterLab reads `mode`, the classic Notebook the other two.
      codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
    },
    debugger: false,
    supported_features: [],
    help_links: [
      { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
      { text: 'Node.js', url: 'https://nodejs.org/api/' },
      { text: 'Jupyter', url: 'https://docs.jupyter.org/' },
    ],
  };
}
