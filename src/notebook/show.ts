import { mimeBundle, type Figure, type RawDisplay } from '../charts/figure.js';
import { displayValue } from './display-value.js';
import { figureForms } from './figure-forms.js';
import { kernelOutput } from './kernel-output.js';
import { bundle } from './rich.js';

/**
 * Draws figures below the cell: `show(display, …figures)` with tslab's `display`. In afterfit's kernel each goes
 * with a still picture and its text, so that they are in the notebook wherever it is read; the kernel of the
 * package tslab takes one form alone.
 */
export function show(display: RawDisplay, ...figures: readonly Figure[]): void {
  for (const figure of figures) {
    if (kernelOutput()) {
      void displayValue(bundle(figureForms(figure)));
      continue;
    }
    for (const [mime, value] of Object.entries(mimeBundle(figure))) {
      // tslab's declaration says string or bytes; an object is what JupyterLab wants to get.
      display.raw(mime, value as never);
    }
  }
}
