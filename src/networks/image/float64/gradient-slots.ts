import type { Layout } from './layout.js';
import type { StoragePlan } from './storage.js';

/** Memory for gradients: a storage's gradient lives in a slot while it is needed, then another's. */
export interface GradientSlots {
  /** Slot of every storage; undefined where no gradient is needed. */
  readonly slotOf: readonly (number | undefined)[];
  readonly slots: readonly { readonly layout: Layout; readonly channels: number }[];
}

/**
 * Gradients are computed from the last node to the first. That of a storage is written from its last
 * reader on, and read for the last time by the first of its own nodes. Only storages of one layout
 * share a slot, so that what is zero around images stays zero.
 */
export function gradientSlots(
  { places, channels, readers }: StoragePlan,
  layouts: readonly Layout[],
  trained: readonly boolean[],
): GradientSlots {
  const slotOf: (number | undefined)[] = channels.map(() => undefined);
  const slots: { layout: Layout; channels: number }[] = [];
  const free: number[] = [];
  const last = places.length - 1;
  const firstNode = channels.map((_, s) => places.findIndex(({ storage }) => storage === s));
  function claim(node: number): void {
    const { storage } = places[node];
    if (slotOf[storage] !== undefined || !trained[node]) return;
    const fits = (slot: number) => slots[slot].layout === layouts[node];
    const found = free.findIndex(fits);
    if (found >= 0) {
      const [slot] = free.splice(found, 1);
      slots[slot].channels = Math.max(slots[slot].channels, channels[storage]);
      slotOf[storage] = slot;
    } else {
      slotOf[storage] = slots.length;
      slots.push({ layout: layouts[node], channels: channels[storage] });
    }
  }
  claim(last);
  for (let k = last; k >= 0; k--) {
    for (let node = 0; node < k; node++) if (readers[node].includes(k)) claim(node);
    const { storage } = places[k];
    const slot = slotOf[storage];
    if (firstNode[storage] === k && slot !== undefined) free.push(slot);
  }
  return { slotOf, slots };
}
