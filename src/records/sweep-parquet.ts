import type { SchemaElement } from 'hyparquet';
import type {
  SweepCell,
  SweepColumn,
  SweepColumnType,
  SweepRow,
  SweepTable,
} from './sweep-table.js';

/** How Parquet keeps each type of column; every cell may be empty. */
const KEPT_AS: Readonly<Record<Exclude<SweepColumnType, 'numbers'>, Partial<SchemaElement>>> = {
  number: { type: 'DOUBLE' },
  whole: { type: 'INT32' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  flag: { type: 'BOOLEAN' },
};

/** Parquet's three levels of a list. */
const elementsOf = ({ name, type }: SweepColumn): SchemaElement[] =>
  type === 'numbers'
    ? [
        { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
      ]
    : [{ name, repetition_type: 'OPTIONAL', ...KEPT_AS[type] }];

/**
 * A table as an Apache Parquet file, the same bytes for the same table. NaN, which says that nothing was measured,
 * becomes Parquet's null. What reads and writes Parquet is loaded by the first table: most of those who import the kit
 * have none.
 */
export async function encodeSweep({ columns, rows, about }: SweepTable): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length },
    ...columns.flatMap(elementsOf),
  ];
  const columnData = columns.map(({ name }) => ({
    name,
    data: rows.map((row) => (Number.isNaN(row[name]) ? null : (row[name] ?? null))),
  }));
  const kvMetadata = Object.entries(about).map(([key, value]) => ({ key, value }));
  return new Uint8Array(
    parquetWriteBuffer({ schema, columnData, kvMetadata, createdBy: 'afterfit' }),
  );
}

/**
 * The table in a file that `encodeSweep` has written; `name` is what messages call it. Throws one sentence where it is
 * no such file.
 */
export async function decodeSweep(bytes: Uint8Array, name = 'the file'): Promise<SweepTable> {
  const { parquetMetadata, parquetReadObjects } = await import('hyparquet');
  const file = new Uint8Array(bytes).buffer;
  try {
    const metadata = parquetMetadata(file);
    const columns = columnsIn(metadata.schema);
    const objects = await parquetReadObjects({ file, metadata });
    const about = (metadata.key_value_metadata ?? []).map(({ key, value = '' }) => [key, value]);
    return {
      columns,
      rows: objects.map((object) => rowOf(object, columns)),
      about: Object.fromEntries(about) as Record<string, string>,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${name} cannot be read as a table of a sweep: ${reason}.`, { cause: error });
  }
}

function columnsIn(schema: readonly SchemaElement[]): SweepColumn[] {
  return schema.slice(1).flatMap((element): SweepColumn[] => {
    const { name, type, converted_type: converted } = element;
    if (converted === 'LIST') return [{ name, type: 'numbers' }];
    if (element.repetition_type === 'REPEATED' || name === 'element') return [];
    const known = Object.entries(KEPT_AS).find(([, kept]) => kept.type === type);
    if (known === undefined) throw new Error(`the column ${name} is of the type ${String(type)}`);
    return [{ name, type: known[0] as SweepColumnType }];
  });
}

function rowOf(object: Record<string, unknown>, columns: readonly SweepColumn[]): SweepRow {
  return Object.fromEntries(columns.map(({ name }) => [name, (object[name] ?? null) as SweepCell]));
}
