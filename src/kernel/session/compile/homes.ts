import type { Declared, Names } from './names.js';

/** Where later cells find what a name stands for. */
export interface Home extends Declared {
  /** The module, beside the notebook, of the cell that declared it. */
  readonly module: string;
  /** Its type as text, where that is short: then nobody has to look into the cell again. */
  readonly typed?: string;
}

export type Homes = ReadonlyMap<string, Home>;

/**
 * What stands behind a cell's own text to make it a module that knows the names of earlier cells and
 * hands its own to later ones. `mayBeText` says for which names their types will do.
 */
export function linksOf(
  { declared, used }: Pick<Names, 'declared' | 'used'>,
  homes: Homes,
  mayBeText: (name: string) => boolean = () => true,
): string {
  const lines: string[] = [];
  const isTaken = (word: string) => homes.has(word) || declared.has(word);
  for (const name of used) {
    const home = homes.get(name);
    if (home && !declared.has(name)) lines.push(link(name, home, mayBeText(name), isTaken));
  }
  for (const [name, own] of declared) {
    const home = homes.get(name);
    if (home) lines.push(otherMeaning(name, own, home));
  }
  const names = [...declared.keys()].join(', ');
  // The first sign ends a statement that is left open.
  return `\n;${lines.join('')}export { ${names} };`;
}

function link(
  name: string,
  home: Home,
  isTyped: boolean,
  isTaken: (word: string) => boolean,
): string {
  const { module, typed, variable } = home;
  const from = `import(${JSON.stringify(module)}).${name}`;
  if (isTyped && typed !== undefined && !(typed.match(/[\w$]+/g) ?? []).some(isTaken)) {
    return `declare ${variable ? 'let' : 'const'} ${name}: ${typed};`;
  }
  if (variable && !home.type) return `declare let ${name}: typeof ${from};`;
  return `import { ${name} } from ${JSON.stringify(module)};`;
}

/** A value keeps its name where a later cell gives that to a type, and the other way round. */
function otherMeaning(name: string, own: Declared, home: Home): string {
  const from = `import(${JSON.stringify(home.module)}).${name}`;
  if (!own.value && home.value && !home.type) return `declare const ${name}: typeof ${from};`;
  if (!own.type && home.type && !home.value && !home.generic) return `type ${name} = ${from};`;
  return '';
}

/** A name that stands for a value and a type of two cells is found in the later one, which has both. */
export function merged(own: Declared, before: Home | undefined): Declared {
  if (!before) return own;
  const keepsType = !own.type && before.type && !before.value && !before.generic;
  const keepsValue = !own.value && before.value && !before.type;
  return { ...own, type: own.type || keepsType, value: own.value || keepsValue };
}
