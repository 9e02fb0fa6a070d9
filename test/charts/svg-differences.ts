import { parseXml, XmlElement, XmlText, type XmlNode } from '@rgrove/parse-xml';
import { pathDifference } from './path-difference.js';
import { pictureDifference } from './picture-difference.js';

/** Attributes that hold lengths in pixels; two drawings may differ there by TOLERANCE. */
const LENGTHS = new Set(
  'x y x1 y1 x2 y2 cx cy r rx ry width height transform viewBox offset'.split(' '),
);

/**
 * Pixels. Another processor's last bits move a point by a thousandth; a path whose coordinates are
 * rounded to one decimal strays by up to 0.05.
 */
const TOLERANCE = 0.03;

/** The same for numbers that are read out, such as the ends of an axis: a share of the number, or what is 0. */
const SHARE = 5e-3;
const ROUNDING = 1e-9;

/**
 * How a drawing differs from the one that is kept: a sentence for each place, which names it; none
 * where both have the same elements, attributes and words, and numbers that differ by rounding alone.
 * Both are whole SVG documents. Throws where one of them is not XML.
 */
export function svgDifferences(drawn: string, kept: string): string[] {
  const [one, other] = [drawn, kept].map((text) => parseXml(text).root!);
  return one.name === other.name
    ? elementDifferences(one, other, one.name)
    : [`the document is a <${one.name}>, expected a <${other.name}>`];
}

function elementDifferences(drawn: XmlElement, kept: XmlElement, place: string): string[] {
  const found = attributeDifferences(drawn, kept).map((text) => `${place}, ${text}`);
  const [words, expected] = [wordsIn(drawn), wordsIn(kept)];
  if (words !== expected) found.push(`${place}: the words '${words}', expected '${expected}'`);
  const [inner, wanted] = [drawn, kept].map(({ children }) => children.filter(isElement));
  if (namesOf(inner) !== namesOf(wanted)) {
    return [...found, `${place} holds ${namesOf(inner)}, expected ${namesOf(wanted)}`];
  }
  return [
    ...found,
    ...inner.flatMap((child, k) =>
      elementDifferences(child, wanted[k], `${place} > ${labelOf(child, k)}`),
    ),
  ];
}

function attributeDifferences(drawn: XmlElement, kept: XmlElement): string[] {
  const names = new Set([...Object.keys(drawn.attributes), ...Object.keys(kept.attributes)]);
  return [...names].flatMap((name) => {
    const [value, expected] = [drawn.attributes[name], kept.attributes[name]];
    if (value === expected) return [];
    if (value === undefined) return [`${name} is missing, expected '${short(expected)}'`];
    if (expected === undefined) return [`${name} is '${short(value)}', expected none`];
    const difference = differenceOf(name, value, expected);
    return difference === undefined ? [] : [`${name} ${difference}`];
  });
}

function differenceOf(name: string, value: string, expected: string): string | undefined {
  if (name === 'd') return pathDifference(value, expected, TOLERANCE);
  if (name === 'xlink:href') return pictureDifference(value, expected);
  const same = LENGTHS.has(name)
    ? sameBut(value, expected, (a, b) => Math.abs(a - b) <= TOLERANCE)
    : name === 'aria-label' && sameBut(plainly(value), plainly(expected), isNear);
  return same ? undefined : `is '${short(value)}', expected '${short(expected)}'`;
}

function isNear(number: number, expected: number): boolean {
  const size = Math.max(Math.abs(number), Math.abs(expected));
  return Math.abs(number - expected) <= SHARE * size + ROUNDING;
}

/** Numbers as a program writes them: labels have U+2212 for a minus, and commas within thousands. */
function plainly(label: string): string {
  return label.replaceAll('−', '-').replace(/(\d),(?=\d{3})/g, '$1');
}

const NUMBER = /([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/;

/** Whether two texts are the same but for their numbers, and each number is near the other's in its place. */
function sameBut(
  text: string,
  expected: string,
  near: (number: number, expected: number) => boolean,
): boolean {
  const [parts, wanted] = [text.split(NUMBER), expected.split(NUMBER)];
  if (parts.length !== wanted.length) return false;
  return parts.every((part, k) => {
    const isNumber = k % 2 === 1;
    return part === wanted[k] || (isNumber && near(Number(part), Number(wanted[k])));
  });
}

function isElement(node: XmlNode): node is XmlElement {
  return node instanceof XmlElement;
}

function wordsIn({ children }: XmlElement): string {
  const texts = children.filter((child) => child instanceof XmlText);
  return texts
    .map(({ text }) => text)
    .join('')
    .trim();
}

/** Such as '2 × g, path': what there is, in order. */
function namesOf(elements: readonly XmlElement[]): string {
  const runs: { name: string; count: number }[] = [];
  for (const { name } of elements) {
    const last = runs[runs.length - 1];
    if (last?.name === name) last.count++;
    else runs.push({ name, count: 1 });
  }
  const texts = runs.map(({ name, count }) => (count === 1 ? name : `${count} × ${name}`));
  return texts.length === 0 ? 'nothing' : texts.join(', ');
}

/** Vega's classes say what a group is for. */
function labelOf({ name, attributes }: XmlElement, k: number): string {
  const of = attributes.class === undefined ? '' : `.${attributes.class.split(' ').join('.')}`;
  return `${name}${of}[${k + 1}]`;
}

function short(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 77)}…`;
}
