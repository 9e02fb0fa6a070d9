import ts from 'typescript';

/**
 * The code of a released answer cell with each of its functions asking the student's kernel: `$ask(name, args)` in
 * place of the body. Types, imports and all else stay as they are, so that the tests are compiled as in the
 * student's own notebook.
 */
export function proxiesOf(stub: string): string {
  const file = ts.createSourceFile('stub.ts', stub, ts.ScriptTarget.Latest, true);
  const edits: { from: number; to: number; text: string }[] = [];
  const replace = (name: string, body: ts.Node) => {
    const text = `{ return $ask(${JSON.stringify(name)}, [...arguments]); }`;
    edits.push({ from: body.getStart(), to: body.getEnd(), text });
  };
  for (const statement of file.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name && statement.body) {
      replace(statement.name.text, statement.body);
    }
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!initializer || !ts.isIdentifier(name)) continue;
      if (ts.isFunctionExpression(initializer)) replace(name.text, initializer.body);
      // An arrow function has no arguments of its own.
      if (ts.isArrowFunction(initializer)) {
        const { parameters, equalsGreaterThanToken: arrow, body } = initializer;
        const names = parameters.map(({ name: each, dotDotDotToken: dots }) =>
          dots ? `...${each.getText()}` : each.getText(),
        );
        const text = `{ return $ask(${JSON.stringify(name.text)}, [${names.join(', ')}]); }`;
        edits.push({ from: arrow.getEnd() + 1, to: body.getEnd(), text });
      }
    }
  }
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: put }) => text.slice(0, from) + put + text.slice(to), stub);
}
