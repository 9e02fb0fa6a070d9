/** Others get their turn at least this often, in milliseconds: Ctrl-C arrives only then. */
const TURN_EVERY = 50;

/** Gives the event loop its turns between the synchronous parts of a training. */
export interface Pacer {
  /** Lets others run where it is time to; true where the run is to stop. */
  stopped(): Promise<boolean>;
}

export function pacer(signal: { readonly aborted: boolean } | undefined): Pacer {
  let last = performance.now();
  return {
    async stopped() {
      if (performance.now() - last >= TURN_EVERY) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        last = performance.now();
      }
      return signal?.aborted === true;
    },
  };
}
