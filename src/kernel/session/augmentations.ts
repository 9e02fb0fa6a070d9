import type typescript from 'typescript';
import type { Diagnostic } from './diagnostic.js';
import { ts } from './typescript.js';

/** What may be one; a look at the code tells. */
const SUSPECT = /\bdeclare\s+(global\b|module\s*['"])/;

const MESSAGE =
  'A cell cannot add to the declarations of others; a file beside the notebook can, which the cell imports.';
/** TypeScript's number for an augmentation at a place where none may be. */
const CODE = 2669;

/** What to say of `declare global` and `declare module 'name'`, which tslab's converter cannot take. */
export function augmentationsIn(source: string): Diagnostic[] {
  if (!SUSPECT.test(source)) return [];
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest);
  return file.statements.filter(isAugmentation).map(({ name }) => {
    const [start, end] = [name.getStart(file), name.end].map((offset) => ({
      offset,
      ...file.getLineAndCharacterOfPosition(offset),
    }));
    return { start, end, messageText: MESSAGE, category: ts.DiagnosticCategory.Error, code: CODE };
  });
}

function isAugmentation(
  statement: typescript.Statement,
): statement is typescript.ModuleDeclaration {
  if (!ts.isModuleDeclaration(statement)) return false;
  const isGlobal = (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
  return isGlobal || ts.isStringLiteral(statement.name);
}
