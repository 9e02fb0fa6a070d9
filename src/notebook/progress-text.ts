import { durationText } from '../text/durations.js';
import { countText } from '../text/numbers.js';
import { escapeHtml } from '../text/html.js';
import type { MimeBundle } from './jupyter-display.js';

const BAR = 20;

/** A share of 0 … 1 as a bar of twenty blocks. */
export function bar(share: number): string {
  const full = Math.round(share * BAR);
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}

/**
 * `done`: all there was; `stopped`: left before, as by `break` or an error in the loop's body;
 * `failed`: with an error of what is iterated over; `interrupted`: by the reader.
 */
export type ProgressEnding = 'done' | 'stopped' | 'failed' | 'interrupted';

/** How far a piece of work has come. */
export interface ProgressState {
  readonly title: string;
  readonly count: number;
  /** Undefined where nobody knows. */
  readonly total: number | undefined;
  readonly note: string;
  readonly milliseconds: number;
  /** Undefined while the work goes on. */
  readonly ending: ProgressEnding | undefined;
}

/** 'training: ██████████░░░░░░░░░░ 50 of 100, 3.2 s, 3.2 s left', or how it ended. */
export function stateText(state: ProgressState): string {
  const { title, count, total } = state;
  const drawn = state.ending === undefined && total ? `${bar(Math.min(1, count / total))} ` : '';
  const named = title === '' ? '' : `${title}: `;
  return `${named}${drawn}${wordsOf(state)}`;
}

/** The bar that a browser draws, with the same words, beside `stateText`. */
export function stateBundle(state: ProgressState): MimeBundle {
  const { title, count, total, ending } = state;
  const named = title === '' ? '' : `${escapeHtml(title)} `;
  return {
    'text/html': `<div>${named}${progressElement(count, total, ending)} ${escapeHtml(wordsOf(state))}</div>`,
    'text/plain': stateText(state),
  };
}

/** Colours of JupyterLab's themes; its orange is so pale that browsers darken the rest of the bar. */
const COLOURS: Readonly<Record<ProgressEnding, string>> = {
  done: 'var(--jp-success-color1,#388e3c)',
  stopped: '#c56200',
  failed: 'var(--jp-error-color1,#d32f2f)',
  interrupted: '#c56200',
};

function progressElement(
  count: number,
  total: number | undefined,
  ending: ProgressEnding | undefined,
): string {
  const colour = ending ? `;accent-color:${COLOURS[ending]}` : '';
  const style = `style="width:16em;vertical-align:middle${colour}"`;
  if (total)
    return `<progress value="${Math.min(count, total)}" max="${total}" ${style}></progress>`;
  // Without a value it moves for ever, as it should only while the work goes on.
  if (ending === undefined) return `<progress ${style}></progress>`;
  return ending === 'done' ? `<progress value="1" max="1" ${style}></progress>` : '';
}

function wordsOf({ count, total, note, milliseconds, ending }: ProgressState): string {
  const place =
    total === undefined ? countText(count) : `${countText(count)} of ${countText(total)}`;
  const time = durationText(milliseconds);
  const noted = note === '' ? '' : `, ${note}`;
  if (ending === 'done') return `${place}, done in ${time}${noted}`;
  if (ending) return `${ending} at ${place} after ${time}${noted}`;
  const known = total !== undefined && count > 0 && count < total && milliseconds > 1000;
  const left = known ? `, ${durationText((milliseconds / count) * (total - count))} left` : '';
  return `${place}, ${time}${left}${noted}`;
}
