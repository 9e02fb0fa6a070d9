/** What is expected of a cell: the text of its result, what it prints, or a pattern of its error. */
export type Expected = string | { readonly prints: string } | RegExp;

/** A cell; alone it has to run without an error. */
export type Step = string | readonly [code: string, expected: Expected];

/** Cells that run one after another in one session, by what they show. */
export type CellCases = Readonly<Record<string, readonly Step[]>>;

/** Files beside a notebook, by their paths from its folder. */
export type FilesBeside = Readonly<Record<string, string>>;
