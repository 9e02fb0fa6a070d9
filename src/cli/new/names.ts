/** What a claim to be laid down is called, and what its parts are. */
export interface ClaimNames {
  readonly id: string;
  readonly title: string;
  /** The constant that `src/claims/index.ts` exports, such as `alignmentClaim`. */
  readonly claim: string;
  readonly plan: string;
  readonly figures: string;
  /** The type of its records. */
  readonly record: string;
  /** The notebook's file name without its ending, such as `02-alignment`. */
  readonly notebook: string;
}

/** Lines of cells that name a claim stay within a notebook's width up to here. */
const LONGEST_ID = 40;

/** Throws one sentence where an id is not fit for file names. */
export function requireId(id: string): void {
  if (/^[a-z]+(-[a-z]+)*$/.test(id) && id.length <= LONGEST_ID) return;
  throw new Error(
    `The id is '${id}'; expected words of small letters a to z, joined by '-', at most ${LONGEST_ID} ` +
      "characters in all, such as 'slow-alignment'.",
  );
}

/** A title without space around it. Throws one sentence where a notebook cannot be headed by it. */
export function titleFrom(given: string): string {
  const title = given.trim();
  if (/^\w\P{C}*$/u.test(title)) return title;
  throw new Error(
    `--title is '${given}'; expected one line that begins with a letter a to z or A to Z, or a digit.`,
  );
}

/** The names of a claim whose notebook has the number given; without a title the id's words make one. */
export function claimNames(id: string, title: string | undefined, number: number): ClaimNames {
  const words = id.split('-');
  // The ids `my` and `my-claim` come to the same names, and the second to ask for them is refused.
  const stem = words.length > 1 && words.at(-1) === 'claim' ? words.slice(0, -1) : words;
  const type = stem.map(capitalised).join('');
  const base = type[0].toLowerCase() + type.slice(1);
  return {
    id,
    title: title ?? capitalised(words.join(' ')),
    claim: `${base}Claim`,
    plan: `${base}Plan`,
    figures: `${base}Figures`,
    record: `${type}Record`,
    notebook: `${String(number).padStart(2, '0')}-${id}`,
  };
}

function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
