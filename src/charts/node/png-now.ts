import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectVenv } from './project-venv.js';

const SCRIPT = `
import sys, vl_convert
sys.stdout.buffer.write(vl_convert.svg_to_png(sys.stdin.buffer.read().decode('utf-8'), scale=1.5))
`;
const MOST_BYTES = 64e6;

/** An SVG document as the bytes of a PNG, without waiting; undefined where vl-convert is missing or fails. */
export function pngNow(svg: string, venv = projectVenv()): Uint8Array | undefined {
  const python = join(venv, 'bin', 'python');
  if (!existsSync(python)) return undefined;
  const options = { input: svg, maxBuffer: MOST_BYTES, stdio: 'pipe' } as const;
  const { status, stdout } = spawnSync(python, ['-c', SCRIPT], options);
  return status === 0 && stdout.length > 0 ? stdout : undefined;
}
