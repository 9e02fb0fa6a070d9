import { timersOfCells } from './timers.js';

const { getActiveResourcesInfo } = process;

/** What keeps this process from ending, by kind. */
function counts(): Map<string, number> {
  const found = new Map<string, number>();
  for (const kind of getActiveResourcesInfo()) found.set(kind, (found.get(kind) ?? 0) + 1);
  return found;
}

/** What the kernel itself needs. */
let own: ReadonlyMap<string, number> = new Map();

/** Takes what there is before any cell ran for the kernel's own. */
export function rememberOwnResources(): void {
  own = counts();
}

/**
 * Whether cells have left something that may run their code later by itself: a timer, a server, a program, a
 * file that is being read.
 */
export function hasLeftovers(): boolean {
  if (timersOfCells() > 0) return true;
  for (const [kind, count] of counts()) if (count > (own.get(kind) ?? 0)) return true;
  return false;
}
