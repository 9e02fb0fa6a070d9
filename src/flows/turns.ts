/** A long computation in parts: who asks for the next one may do something else before, or stop asking. */
export type Turns<Value> = Generator<undefined, Value>;

/** Milliseconds between two turns of the event loop. */
const TURN = 50;

/** The computation without a pause. */
export function finished<Value>(turns: Generator<unknown, Value>): Value {
  for (;;) {
    const turn = turns.next();
    if (turn.done) return turn.value;
  }
}

/** The computation with a turn of the event loop every 50 ms, so that signals come in and progress is seen. */
export async function inTurns<Value>(turns: Generator<unknown, Value>): Promise<Value> {
  let last = Date.now();
  for (;;) {
    const turn = turns.next();
    if (turn.done) return turn.value;
    if (Date.now() - last > TURN) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      last = Date.now();
    }
  }
}

/** The computation until the signal is given, and some milliseconds longer; undefined where that ended it. */
export function* unlessAborted<Value>(
  turns: Turns<Value>,
  signal: { readonly aborted: boolean } | undefined,
  grace = 0,
): Turns<Value | undefined> {
  let end: number | undefined;
  for (;;) {
    const turn = turns.next();
    if (turn.done) return turn.value;
    yield;
    if (!signal?.aborted) continue;
    end ??= Date.now() + grace;
    if (Date.now() >= end) return undefined;
  }
}
