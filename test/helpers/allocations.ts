/** Makers of a new typed array or view, besides the constructor. */
const makers = ['slice', 'map', 'subarray', 'filter'] as const;

/** How many float64 arrays and views `run` makes. */
export function countAllocations(run: () => void): number {
  const original = globalThis.Float64Array;
  const prototype = Object.getPrototypeOf(original.prototype) as Record<string, unknown>;
  const kept = new Map(makers.map((name) => [name, prototype[name]]));
  let count = 0;
  globalThis.Float64Array = new Proxy(original, {
    construct(target, args) {
      count++;
      return Reflect.construct(target, args) as object;
    },
  });
  for (const name of makers) {
    const method = kept.get(name) as (...args: unknown[]) => unknown;
    prototype[name] = function (this: unknown, ...args: unknown[]) {
      count++;
      return method.apply(this, args);
    };
  }
  try {
    run();
  } finally {
    globalThis.Float64Array = original;
    for (const [name, method] of kept) prototype[name] = method;
  }
  return count;
}
