/** Mean seconds of a call, over several calls in a row. */
export function secondsPerCall(call: () => void, calls: number): number {
  const began = performance.now();
  for (let k = 0; k < calls; k++) call();
  return (performance.now() - began) / 1e3 / calls;
}

/** How many calls fill the given time, at least one; warms up on the way. */
export function callsFor(call: () => void, seconds: number): number {
  for (let calls = 1; ; calls *= 2) {
    const each = secondsPerCall(call, calls);
    if (each * calls >= seconds / 4) return Math.max(1, Math.round(seconds / each));
  }
}
