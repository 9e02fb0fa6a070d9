/** One line on stderr for each step, live on a terminal; stdout is left to the command itself. */

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * Starts a step's line; the function it returns ends it.
 * @param {string} title
 * @returns {(mark: 'done' | 'failed') => void}
 */
export function startLine(title) {
  const began = Date.now();
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
  const out = process.stderr;
  if (!out.isTTY) {
    out.write(`${title} … `);
    return (mark) => out.write(mark === 'done' ? `${seconds()}\n` : `failed after ${seconds()}\n`);
  }
  let count = 0;
  const draw = () => {
    out.write(`\r\x1b[K${frames[count % frames.length]} ${title} ${seconds()}`);
    count += 1;
  };
  draw();
  const timer = setInterval(draw, 100);
  return (mark) => {
    clearInterval(timer);
    out.write(`\r\x1b[K${mark === 'done' ? '✓' : '✗'} ${title} ${seconds()}\n`);
  };
}

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`);
}
