import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SheetOptions } from '../../charts/index.js';
import { readOrigin, type ClaimManifest } from '../../records/node/index.js';
import type { Provenance } from '../../report/index.js';
import { provenanceOf } from '../reproduce/provenance.js';

const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** What drew figures: the same for all of a call. */
export interface Drawing {
  readonly afterfit: string;
  readonly commit: string | null;
  /** Whether files differ from that commit. */
  readonly dirty: boolean | null;
  readonly node: string;
  readonly versions: Readonly<Record<string, string | null>>;
  readonly options: SheetOptions;
}

/** What draws now. `out` is the folder that is written, which is no change of the project. */
export function drawingNow(out: string, options: SheetOptions): Drawing {
  const { afterfit, commit, dirty, node, versions } = provenanceOf(projectRoot, out, {
    scale: 'smoke',
    seed: 0,
  });
  const drawers = { vega: versions.vega, 'vega-lite': versions['vega-lite'] };
  return {
    afterfit,
    commit,
    dirty,
    node,
    versions: { ...drawers, 'vl-convert-python': vlConvertVersion() },
    options,
  };
}

/** The installed release of the Python package that writes PDF, by the name of its folder; null without it. */
function vlConvertVersion(): string | null {
  const library = join(projectRoot, '.venv', 'lib');
  const pythons = existsSync(library) ? readdirSync(library) : [];
  const names = pythons.flatMap((python) => {
    const packages = join(library, python, 'site-packages');
    return existsSync(packages) ? readdirSync(packages) : [];
  });
  const found = names.map((name) => /^vl_convert_python-(.+)\.dist-info$/.exec(name)?.[1]);
  return found.find((version) => version !== undefined) ?? null;
}

/**
 * Where the numbers of a claim's figures come from: its settings, and for each experiment its record, with the
 * hash of that file, what wrote it, and the experiment's description.
 */
export function originOf(records: string, manifest: ClaimManifest): object {
  const { claim, scale, seed, experiments } = manifest;
  const one = (name: string) => {
    const { spec, ...wrote } = readOrigin(join(records, name));
    const file = readFileSync(join(records, name, 'record.json'));
    return {
      record: name,
      sha256: createHash('sha256').update(file).digest('hex'),
      ...wrote,
      spec,
    };
  };
  const described = Object.entries(experiments).map(([place, names]) => [
    place,
    typeof names === 'string' ? one(names) : names.map(one),
  ]);
  return { claim, scale, seed, experiments: Object.fromEntries(described) as object };
}

/** The commit and versions that `npm run reproduce` noted beside the records; null before its end. */
export function runBeside(from: string): Provenance | null {
  const file = join(from, 'results.json');
  if (!existsSync(file)) return null;
  try {
    const { provenance } = JSON.parse(readFileSync(file, 'utf8')) as { provenance?: Provenance };
    return provenance ?? null;
  } catch {
    // It says nothing then, and the records say what they are made by.
    return null;
  }
}
