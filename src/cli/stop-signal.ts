/**
 * Given when the user presses Ctrl-C, or when the system asks the process to end (as batch systems do before
 * they kill it), so that what was reached can be written first. A second signal ends the process at once.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  return stop.signal;
}
