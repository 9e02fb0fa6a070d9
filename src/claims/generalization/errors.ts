import type { GeneralizationRecord } from '../../records/index.js';

/** The row from which bounds are compared: the first with α > 0; −1 where there is none. */
export function fitRow({ alpha }: GeneralizationRecord): number {
  return alpha.findIndex((value) => value > 0);
}

/** The number of held-out examples that are misclassified in a row. */
export function heldErrors({ wrong, held }: GeneralizationRecord, row: number): number {
  return wrong.subarray(row * held, (row + 1) * held).reduce((sum, miss) => sum + miss, 0);
}

/** How many held-out examples became wrong, and how many right, from the fit to the end. */
export function classChanges(run: GeneralizationRecord): { lost: number; gained: number } {
  const { wrong, held, alpha } = run;
  const [from, to] = [fitRow(run), alpha.length - 1];
  const change = { lost: 0, gained: 0 };
  for (let i = 0; i < held; i++) {
    const turned = wrong[to * held + i] - wrong[from * held + i];
    if (turned > 0) change.lost++;
    if (turned < 0) change.gained++;
  }
  return change;
}
