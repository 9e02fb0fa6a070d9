const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const DRAW_EVERY = 100;
const WRITE_EVERY = 5000;

/** Where progress goes: a terminal, or a log that only grows. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Progress of one command. */
export interface LiveLine {
  /** Says what is being done now; nothing for an empty text. */
  update(text: string): void;
  /** Prints a line that stays. */
  say(text: string): void;
  /** Takes the live line away. */
  end(): void;
}

/**
 * Progress as one live line on a terminal; in a log as a line at most every five seconds. Each update
 * is shown with the time since the start, and goes on counting until the next.
 */
export function liveLine(screen: Screen, clock: () => number = Date.now): LiveLine {
  const began = clock();
  const interactive = screen.isTTY === true;
  const every = interactive ? DRAW_EVERY : WRITE_EVERY;
  const erase = interactive ? '\r\x1b[K' : '';
  let shown = interactive ? -Infinity : began;
  let latest = '';
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    const now = clock();
    if (latest === '' || now - shown < every) return;
    shown = now;
    const line = `${latest}, ${((now - began) / 1000).toFixed(0)} s`;
    if (!interactive) return void screen.write(`${line}\n`);
    const width = (screen.columns ?? 80) - 3;
    screen.write(`${erase}${FRAMES[frame++ % FRAMES.length]} ${line.slice(0, width)}`);
  };
  return {
    update(text) {
      latest = text;
      timer ??= setInterval(draw, every).unref();
      draw();
    },
    say: (text) => void screen.write(`${erase}${text}\n`),
    end() {
      clearInterval(timer);
      latest = '';
      screen.write(erase);
    },
  };
}

/** α as a power of ten, with the power it is on its way to; nothing where it is not known. */
export function formatAlpha(alpha: number, goal: number): string {
  if (Number.isNaN(alpha)) return 'α not known yet';
  const reached = alpha > 0 ? `α = 10^${Math.log10(alpha).toFixed(1)}` : 'α below 0';
  return goal > 0 ? `${reached} of 10^${Number(Math.log10(goal).toFixed(1))}` : reached;
}
