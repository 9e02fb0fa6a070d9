/**
 * An object with a method of this name says itself how a notebook draws it. Deno's kernel looks for the
 * same symbol.
 */
export const jupyterDisplay: unique symbol = Symbol.for('Jupyter.display');

/**
 * One value in several forms: MIME type to content. Text and SVG are strings, other images and PDF
 * base64, JSON an object. A notebook shows the richest form that it can draw.
 */
export type MimeBundle = Record<string, unknown>;

/** What a notebook draws by its own account. */
export interface Displayable {
  [jupyterDisplay](): MimeBundle | Promise<MimeBundle>;
}
