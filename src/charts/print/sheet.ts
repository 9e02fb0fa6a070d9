/** What figures are drawn for. */
export type StyleName = 'paper' | 'slide' | 'web';

/** How a figure is to be drawn; what is left out is as the style has it. */
export interface SheetOptions {
  /** `paper` has text of 7 points and more, `slide` of 14; `web` is as notebooks show it. Default web. */
  readonly style?: StyleName;
  /** Width of the figure, such as '3.25in', '82mm', '234pt' or '560px'. */
  readonly width?: string;
  /** The font family of all text. */
  readonly font?: string;
  /** Whether the figure's title is drawn; that of its panels always is. Default true. */
  readonly titles?: boolean;
}

/** A page that figures are laid out for. */
export interface Sheet {
  readonly style: StyleName;
  /** Width in points; undefined for that with which the figure was made. */
  readonly width: number | undefined;
  /** Points per pixel of the layout: the layout is in pixels, where axis labels have 11. */
  readonly unit: number;
  readonly font: string | undefined;
  readonly titles: boolean;
}

/** The smallest text of any figure, in pixels of the layout. */
const SMALLEST_TEXT = 11;

interface Style {
  /** Size of the smallest text, in points. */
  readonly text: number;
  readonly width?: string;
}

const STYLES: Readonly<Record<StyleName, Style>> = {
  paper: { text: 7, width: '3.25in' },
  slide: { text: 14, width: '10in' },
  web: { text: 0.75 * SMALLEST_TEXT },
};

/** The names of the styles. */
export const STYLE_NAMES = Object.keys(STYLES) as readonly StyleName[];

/** Points in a unit of length. */
const POINTS: Readonly<Record<string, number>> = {
  in: 72,
  mm: 72 / 25.4,
  cm: 72 / 2.54,
  pt: 1,
  px: 0.75,
};

/** Below this many pixels of the layout there is no room for axes with their numbers. */
const NARROWEST = 220;
const WIDEST = 4000;

/** The sheet that options ask for. Throws one sentence where its width makes no sense. */
export function sheetOf(options: SheetOptions = {}): Sheet {
  const { style = 'web', font, titles = true } = options;
  const { text, width: usual } = STYLES[style];
  const unit = text / SMALLEST_TEXT;
  const asked = options.width ?? usual;
  const width = asked === undefined ? undefined : pointsOf(asked);
  if (width !== undefined && !(width >= NARROWEST * unit && width <= WIDEST * unit)) {
    const [least, most] = [NARROWEST, WIDEST].map((pixels) => inches(pixels * unit));
    throw new Error(
      `The width is '${asked}'; expected ${least} to ${most} for figures of the style '${style}', whose text has ${text} pt.`,
    );
  }
  if (font !== undefined && !/^[\p{L}\p{N} ._-]+$/u.test(font)) {
    throw new Error(`The font is '${font}'; expected the name of a font family.`);
  }
  return { style, width, unit, font, titles };
}

/** A length such as '3.25in' in points. Throws one sentence where it is none. */
export function pointsOf(length: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*(in|mm|cm|pt|px)$/.exec(length.trim()) ?? [];
  if (unit !== undefined) return Number(digits) * POINTS[unit];
  throw new Error(
    `The width is '${length}'; expected a number with in, mm, cm, pt or px, such as 3.25in.`,
  );
}

function inches(points: number): string {
  return `${(points / 72).toFixed(2)}in`;
}
