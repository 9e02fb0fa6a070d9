/**
 * Jupyter counts a cursor's place in Unicode characters, JavaScript in UTF-16 units, of which a
 * character takes one or two.
 */
export function unitsBefore(text: string, characters: number | null): number {
  if (characters === null) return text.length;
  let units = 0;
  for (let seen = 0; seen < characters && units < text.length; seen++) {
    units += text.codePointAt(units)! > 0xffff ? 2 : 1;
  }
  return units;
}

/** The number of characters in the first so many units of a text. */
export function charactersBefore(text: string, units: number): number {
  return [...text.slice(0, units)].length;
}
