import type typescript from 'typescript';
import type { Names } from './names.js';
import { ts } from './typescript.js';

const PLAIN =
  ts.TypeFlags.Number |
  ts.TypeFlags.String |
  ts.TypeFlags.Boolean |
  ts.TypeFlags.BigInt |
  ts.TypeFlags.Undefined |
  ts.TypeFlags.Null |
  ts.TypeFlags.NumberLiteral |
  ts.TypeFlags.StringLiteral |
  ts.TypeFlags.BooleanLiteral |
  ts.TypeFlags.BigIntLiteral;

/** The longest text that is kept. */
const LONGEST = 200;

/** A type as text, where it is made of primitive types and of the language's own alone. */
function shortType(
  type: typescript.Type,
  checker: typescript.TypeChecker,
  program: typescript.Program,
): string | undefined {
  // A variable that gets its type by what it is assigned has none for others.
  if ((type.flags & ts.TypeFlags.Any) !== 0) return 'any';
  if (!isPlain(type, checker, program, 0)) return undefined;
  const text = checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
  return text.length <= LONGEST ? text : undefined;
}

function isPlain(
  type: typescript.Type,
  checker: typescript.TypeChecker,
  program: typescript.Program,
  depth: number,
): boolean {
  if (depth > 3) return false;
  if ((type.flags & ts.TypeFlags.EnumLike) !== 0) return false;
  if ((type.flags & PLAIN) !== 0) return true;
  const inner = (each: typescript.Type) => isPlain(each, checker, program, depth + 1);
  if (type.aliasSymbol) return false;
  if (type.isUnion()) return type.types.length <= 8 && type.types.every(inner);
  const { symbol } = type;
  if ((type.flags & ts.TypeFlags.Object) === 0 || symbol?.declarations === undefined) return false;
  if ((symbol.flags & (ts.SymbolFlags.ObjectLiteral | ts.SymbolFlags.TypeLiteral)) !== 0) {
    return (
      isPlainObject(type, checker) &&
      type.getProperties().every((each) => inner(checker.getTypeOfSymbol(each)))
    );
  }
  if ((symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) === 0) return false;
  const isLanguages = symbol.declarations.some(
    (each) =>
      ts.isSourceFile(each.parent) && program.isSourceFileDefaultLibrary(each.getSourceFile()),
  );
  return isLanguages && checker.getTypeArguments(type as typescript.TypeReference).every(inner);
}

/** Whether it has named properties and nothing else. */
function isPlainObject(type: typescript.Type, checker: typescript.TypeChecker): boolean {
  const named = type.getProperties();
  return (
    named.length <= 12 &&
    named.every(({ name }) => /^[A-Za-z_$][\w$]*$/.test(name)) &&
    type.getCallSignatures().length + type.getConstructSignatures().length === 0 &&
    checker.getIndexInfosOfType(type).length === 0
  );
}

/** Short types of the variables that a cell declares. */
export function shortTypes(
  program: typescript.Program,
  file: typescript.SourceFile,
  { declared }: Names,
): ReadonlyMap<string, string> {
  const checker = program.getTypeChecker();
  const { locals } = file as typescript.SourceFile & {
    locals?: ReadonlyMap<string, typescript.Symbol>;
  };
  const found = new Map<string, string>();
  for (const [name, { value, type }] of declared) {
    const symbol = locals?.get(name);
    if (!value || type || !symbol || (symbol.flags & ts.SymbolFlags.Variable) === 0) continue;
    const text = shortType(checker.getTypeOfSymbol(symbol), checker, program);
    if (text !== undefined) found.set(name, text);
  }
  return found;
}
