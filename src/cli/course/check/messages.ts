import ts from 'typescript';

/** A line that `marking` prints. */
const LINE = /^(?:(?:Yes|Not yet): (.+) \((?:[\d.]+) of (?:[\d.]+) points?\)|.+: [\d.]+ of [\d.]+ points? in these tests\.)$/; // prettier-ignore

/** Numbers in a text. */
const numbersIn = (text: string): number[] =>
  (text.match(/(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.]*\d)/gi) ?? []).map(Number);

/** Whether a text gives a number away: to three digits. */
const tells = (text: string, expected: number): boolean =>
  numbersIn(text).some((said) => Math.abs(said - expected) <= 5e-4 * Math.abs(expected));

/** Numbers that stand in many a sentence by chance. */
const isCommon = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= 12;

/**
 * What is wrong with what the tests of a cell print, a sentence each: a line that `marking` does not print, or one that
 * holds a number which the model solution answers.
 */
export function messageFaults(printed: string, answers: readonly number[]): string[] {
  const telling = answers.filter((value) => Number.isFinite(value) && !isCommon(value));
  return printed
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const found = LINE.exec(line);
      if (!found) return [`prints '${line.slice(0, 100)}', which is no line of marking`];
      const told = telling.find((value) => found[1] !== undefined && tells(found[1], value));
      return told === undefined ? [] : [`prints '${found[1]}', which tells the answer ${told}`];
    });
}

/** Properties that name a number which their own test expects, a sentence each; 0 and 1 may be named. */
export function tellingProperties(test: string): string[] {
  const file = ts.createSourceFile('test.ts', test, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [, property, body] = node.arguments;
      if (node.expression.name.text === 'part' && property && ts.isStringLiteralLike(property)) {
        const told = expectedIn(body).find(
          (value) => value !== 0 && Math.abs(value) !== 1 && tells(property.text, value),
        );
        if (told !== undefined) found.push(`'${property.text}' tells the number ${told}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Numbers that a test compares with: what stands second in `near(found, right)` or behind `===`. */
function expectedIn(body: ts.Node | undefined): number[] {
  const numbers: number[] = [];
  const collect = (node: ts.Node): void => {
    if (ts.isNumericLiteral(node)) {
      const isNegative = ts.isPrefixUnaryExpression(node.parent) && node.parent.getText().startsWith('-'); // prettier-ignore
      numbers.push(isNegative ? -Number(node.text) : Number(node.text));
    }
    ts.forEachChild(node, collect);
  };
  const visit = (node: ts.Node): void => {
    const isNear = ts.isCallExpression(node) && node.expression.getText() === 'near';
    if (isNear && node.arguments.length > 1) collect(node.arguments[1]);
    const isEqual = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken; // prettier-ignore
    if (isEqual) collect(node.right);
    ts.forEachChild(node, visit);
  };
  if (body) visit(body);
  return numbers;
}
