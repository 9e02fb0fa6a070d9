/** Others get their turn at least this often, in milliseconds: Ctrl-C arrives only then. */
const TURN_EVERY = 50;

/** Gives the event loop its turns between the synchronous parts of a training. */
export interface Interruption {
  /** Lets others run where it is time to; true where the run is to stop. */
  requested(): Promise<boolean>;
}

/** Asked for once the signal is aborted; without a signal never. */
export function interruptionBy(signal: { readonly aborted: boolean } | undefined): Interruption {
  let last = performance.now();
  return {
    async requested() {
      if (performance.now() - last >= TURN_EVERY) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        last = performance.now();
      }
      return signal?.aborted === true;
    },
  };
}
