/** So many steps without progress are no coincidence: whole runs take fewer. */
const STEPS = 1000;
const PROGRESS = 1e-9;

/**
 * Watches α along a run and tells when it has stopped rising, as where some examples contradict each
 * other and the risk comes to a positive minimum: the flow then goes on for ever and gets nowhere.
 */
export function stallWatch(): (alpha: number) => boolean {
  let reference = -Infinity;
  let steps = 0;
  return (alpha) => {
    steps++;
    if (alpha > reference + PROGRESS * Math.max(1, Math.abs(alpha))) {
      reference = alpha;
      steps = 0;
    }
    return steps >= STEPS;
  };
}
