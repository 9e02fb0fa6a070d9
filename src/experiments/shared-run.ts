/** Runs that are under way or done. */
const kept = new Map<string, Promise<unknown>>();

/**
 * A run that several claims read. Within one process each is computed a single time: a claim asks for it by
 * name, and whoever asks first pays. A run that fails or is interrupted is forgotten again.
 */
export function sharedRun<T>(key: string, compute: () => Promise<T>): Promise<T> {
  const known = kept.get(key) as Promise<T> | undefined;
  if (known) return known;
  const started = compute();
  kept.set(key, started);
  started.catch(() => kept.delete(key));
  return started;
}
