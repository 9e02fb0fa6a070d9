import { join } from 'node:path';
import { projectRoot } from '../../helpers/project-root.js';

/** Files that PyTorch wrote: see make-small-resnet.py beside them. */
export function fixture(name: string): string {
  return join(projectRoot(), 'test', 'cli', 'measure', 'fixtures', name);
}
