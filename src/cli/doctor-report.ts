/** One line of the doctor's table. */
export interface Item {
  readonly name: string;
  readonly value: string;
  /** True where the project cannot work like this. */
  readonly broken?: boolean;
}

/** One line an item, with the names in a column of their own. */
export function formatItems(items: readonly Item[]): string {
  const width = Math.max(0, ...items.map((item) => item.name.length));
  return items.map((item) => `${item.name.padEnd(width)}  ${item.value}`).join('\n');
}

/** The exit status, and the sentence that says what is broken. */
export function verdict(items: readonly Item[]): { status: 0 | 1; sentence: string } {
  const broken = items.filter((item) => item.broken === true);
  if (broken.length === 0) return { status: 0, sentence: 'Everything that is required is there.' };
  const names = broken.map((item) => item.name.trim()).join(', ');
  return {
    status: 1,
    sentence: `Required and not in order: ${names}; "npm run setup" may mend it.`,
  };
}
