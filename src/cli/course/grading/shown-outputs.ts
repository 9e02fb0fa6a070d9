import type { CellOutput } from './cell-session.js';

/** Characters of text and of pictures that are kept of a cell. */
const MOST_TEXT = 20_000;
const MOST_PICTURES = 2_000_000;

/**
 * Outputs as a notebook shows them to others: texts and PNG pictures alone. Whatever a student's process said it is,
 * nothing of it is carried out by a browser.
 */
export function shownOutputs(outputs: readonly CellOutput[], execution_count: number): object[] {
  let text = MOST_TEXT;
  let pictures = MOST_PICTURES;
  const cut = (value: unknown): string => {
    const whole = typeof value === 'string' ? value : '';
    const kept = whole.slice(0, Math.max(0, text));
    text -= whole.length;
    return kept.length < whole.length ? `${kept}\n… cut …\n` : kept;
  };
  return outputs.flatMap((output): object[] => {
    if (text < 0) return [];
    switch (output.output_type) {
      case 'stream':
        return [{ output_type: 'stream', name: output.name, text: cut(output.text) }];
      case 'error': {
        const [ename, evalue] = [cut(output.ename), cut(output.evalue)];
        const lines = Array.isArray(output.traceback) ? output.traceback : [];
        return [{ output_type: 'error', ename, evalue, traceback: lines.map(cut) }];
      }
      default: {
        const { 'text/plain': plain, 'image/png': picture } = output.data;
        const data: Record<string, string> = { 'text/plain': cut(plain) };
        const isPicture = typeof picture === 'string' && /^[A-Za-z0-9+/=\s]+$/.test(picture);
        if (isPicture && picture.length <= pictures) {
          pictures -= picture.length;
          data['image/png'] = picture;
        }
        const result = output.output_type === 'execute_result' ? { execution_count } : {};
        return [{ output_type: output.output_type, data, metadata: {}, ...result }];
      }
    }
  });
}
