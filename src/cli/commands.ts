import type { Command } from './command.js';

/**
 * The commands that are written in TypeScript, by the name after `npm run`. Each is loaded when it is called,
 * so that it waits for its own modules alone.
 */
export const commands: ReadonlyMap<string, () => Promise<Command>> = new Map<
  string,
  () => Promise<Command>
>([
  ['doctor', async () => (await import('./doctor.js')).doctorCommand],
  ['reproduce', async () => (await import('./reproduce.js')).reproduceCommand],
  ['figures', async () => (await import('./figures.js')).figuresCommand],
  ['report', async () => (await import('./report.js')).reportCommand],
  ['experiment', async () => (await import('./experiment.js')).experimentCommand],
  ['sweep', async () => (await import('./sweep.js')).sweepCommand],
  ['course', async () => (await import('./course.js')).courseCommand],
  ['flow', async () => (await import('./flow.js')).flowCommand],
  ['train', async () => (await import('./train.js')).trainCommand],
  ['measure', async () => (await import('./measure.js')).measureCommand],
  ['new', async () => (await import('./new.js')).newCommand],
  ['bench', async () => (await import('./bench.js')).benchCommand],
]);
