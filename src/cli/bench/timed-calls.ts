/** Milliseconds since some moment. */
export type Clock = () => number;

const processClock: Clock = () => performance.now();

/** Mean seconds of a call, over several calls in a row. */
export function secondsPerCall(call: () => void, calls: number, now = processClock): number {
  const began = now();
  for (let k = 0; k < calls; k++) call();
  return (now() - began) / 1e3 / calls;
}

/** How many calls fill the given time, at least one; warms up on the way. */
export function callsFor(call: () => void, seconds: number, now = processClock): number {
  for (let calls = 1; ; calls *= 2) {
    const each = secondsPerCall(call, calls, now);
    if (each * calls >= seconds / 4) return Math.max(1, Math.round(seconds / each));
  }
}
