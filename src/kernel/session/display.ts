import type { CellEnding } from '../../notebook/kernel-output.js';
import type { OutputType } from '../session-messages.js';
import { currentCell } from './cell-context.js';
import { send } from './channel.js';
import { requireFromTslab } from './tslab.js';

/** What a display is made of: values by MIME type, and the name by which it can be changed later. */
interface DisplayContent {
  readonly data: Record<string, unknown>;
  readonly metadata?: object;
  readonly transient?: { readonly display_id?: string };
}

/** What code in the session may ask of the kernel, as `globalThis[Symbol.for('afterfit.kernel')]`. */
export interface KernelHost {
  publish(type: OutputType, content: object): void;
  /** Calls the listener once, when the cell that runs now has ended. */
  onCellEnd(listener: (ending: CellEnding) => void): void;
}

const PUBLISHED: readonly OutputType[] = ['display_data', 'update_display_data', 'clear_output'];

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

const listeners = new Map<number, ((ending: CellEnding) => void)[]>();

/** Tells those who asked that a cell has ended; what they throw is theirs alone. */
export function tellCellEnd(cell: number, ending: CellEnding): void {
  const told = listeners.get(cell) ?? [];
  listeners.delete(cell);
  for (const listener of told) {
    try {
      listener(ending);
    } catch {
      // A display that cannot be finished is no fault of the cell's.
    }
  }
}

/** Connects tslab's `display` and `newDisplay`, and the kit's own helpers, with this kernel. */
export function connectDisplays(): void {
  const publish = (type: OutputType, content: object) =>
    send({ kind: 'output', cell: currentCell(), type, content });
  const jupyter = requireFromTslab('./dist/jupyter.js') as {
    lastWriteDisplayData: (content: DisplayContent, update?: boolean) => void;
  };
  jupyter.lastWriteDisplayData = ({ data, metadata, transient }, update) => {
    const id = transient?.display_id;
    publish(update ? 'update_display_data' : 'display_data', {
      data,
      metadata: metadata ?? {},
      transient: id === undefined ? {} : { display_id: id },
    });
  };
  const host: KernelHost = {
    publish(type, content) {
      if (!PUBLISHED.includes(type)) {
        throw new TypeError(`There is no output '${String(type)}': ${PUBLISHED.join(', ')} are.`);
      }
      if (type === 'clear_output') return publish(type, { wait: false, ...content });
      const { data, metadata = {} } = Object(content) as { data?: unknown; metadata?: unknown };
      if (!isObject(data) || !isObject(metadata)) {
        throw new TypeError(`${type} needs data, and metadata if any, that are objects.`);
      }
      publish(type, { ...content, metadata });
    },
    onCellEnd(listener) {
      const cell = currentCell();
      listeners.set(cell, [...(listeners.get(cell) ?? []), listener]);
    },
  };
  Object.defineProperty(globalThis, Symbol.for('afterfit.kernel'), { value: host });
}
