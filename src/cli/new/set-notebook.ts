import { code, markdown, notebookOf, type Cell } from './notebook-cells.js';

/** What a problem set is called. */
export interface SetNames {
  /** Of its folder and its file, such as `ps7`. */
  readonly name: string;
  readonly number: number;
  readonly title: string;
}

/** `notebooks/course/psN/psN.ipynb`: a small set that passes its checks, as Jupyter writes it. */
export function setNotebookText(names: SetNames): string {
  return notebookOf([...opening(names), ...byCode(), ...byHand()].map(marked));
}

/** What nbgrader keeps with a cell. */
interface Mark {
  readonly points?: number;
  readonly solution?: boolean;
}

/** A cell of a set; without a mark it is there to play with. */
interface SetCell extends Cell {
  readonly mark?: Mark;
}

const given = (cell: Cell): SetCell => ({ ...cell, mark: {} });
const graded = (points: number, cell: Cell): SetCell => ({ ...cell, mark: { points } });
const written = (cell: Cell, points?: number): SetCell => ({
  ...cell,
  mark: { solution: true, points },
});

function marked({ mark, ...cell }: SetCell): Cell {
  if (!mark) return cell;
  const { points, solution = false } = mark;
  const nbgrader = {
    grade: points !== undefined,
    grade_id: cell.id,
    locked: !solution,
    ...(points === undefined ? {} : { points }),
    schema_version: 3,
    solution,
    task: false,
  };
  return { ...cell, metadata: { nbgrader } };
}

function opening({ number, title }: SetNames): SetCell[] {
  return [
    given(
      markdown(
        'title',
        `# Problem set ${number}: ${title}`,
        '',
        '**To be replaced.** This set was laid down by `npm run new`, and its checks pass as it is. Every text, function and test in it is to make room for those of your set; its order is that of the other sets.',
        '',
        '**You will be able to**',
        '',
        '1. to be replaced by what one can do afterwards and could not do before, three to five lines;',
        '2. tell the range of a list from its largest entry.',
        '',
        '**You need** to be replaced: the sets and notebooks that come before, and the mathematics.',
        '',
        '| part | minutes | points |',
        '|---|---:|---:|',
        '| A. By code | 40 | 4 |',
        '| B. By hand | 20 | 3 |',
        '| all | 60 | 7 |',
        '',
        'Write between the braces of each function; helpers of your own may stand in the same cell. Below each function are tests: they say which property does not hold yet. More properties are tested when the set is graded. Cells without a test are there to play with.',
      ),
    ),
    given(
      code(
        'imports',
        "import { display } from 'tslab';",
        "import { marking, near, table } from 'afterfit';",
      ),
    ),
  ];
}

function byCode(): SetCell[] {
  return [
    given(
      markdown(
        'range-text',
        '## A. By code (40 minutes, 4 points)',
        '',
        'To be replaced by a small, numbered task that says all that is tested. Here: **A1.** Write the *range* of a list of numbers, the largest minus the smallest.',
      ),
    ),
    written(
      code(
        'range',
        '/** The largest minus the smallest entry of a list that is not empty. */',
        'function rangeOf(values: number[]): number {',
        '  // BEGIN SOLUTION',
        '  return Math.max(...values) - Math.min(...values);',
        '  // END SOLUTION',
        '}',
      ),
    ),
    graded(
      4,
      code(
        'test-range',
        "const a1 = marking('A1, the range');",
        "a1.part(1, 'it is right for small positive numbers', () => near(rangeOf([1, 3, 2]), 2));",
        '// BEGIN HIDDEN TESTS',
        "a1.part(1, 'the order of the entries does not matter', () =>",
        '  near(rangeOf([5, 1, 9, 2]), 8) && near(rangeOf([9, 2, 1, 5]), 8));',
        "a1.part(1, 'negative entries are right', () =>",
        '  near(rangeOf([-7, -2, -4]), 5) && near(rangeOf([-3, 2]), 5));',
        "a1.part(1, 'a single entry has none', () =>",
        '  near(rangeOf([4]), 0) && near(rangeOf([4, 6]), 2));',
        '// END HIDDEN TESTS',
        'a1.total()',
      ),
    ),
    markdown(
      'look-text',
      '**Look.** To be replaced by a cell to play with, and by what to **predict** before it is run.',
    ),
    code(
      'look',
      'const lists = [[1, 2, 3], [-1, 0, 10]];',
      'const rows = lists.map((list) => [list.join(), rangeOf(list)]);',
      "display.markdown(table(['list', 'range'], rows));",
    ),
  ];
}

function byHand(): SetCell[] {
  return [
    given(
      markdown(
        'shift-text',
        '## B. By hand (20 minutes, 3 points)',
        '',
        'To be replaced by a derivation from which one learns more than from code. Here: **B1.** Show that the range does not change when the same number is added to all entries, and say what happens to it when all are multiplied by the same number. (3 points)',
      ),
    ),
    written(
      markdown(
        'shift',
        '**Model answer.** To be replaced. With $c$ added to all, the largest and the smallest entry are larger by $c$, and their difference is the same (1 point). Multiplied by $c \\ge 0$ both are multiplied by $c$, and so is the range (1 point); for $c < 0$ they change places, and the range is multiplied by $|c|$ (1 point).',
        '',
        '**Rubric.** As marked; an example in place of an argument gets half of each.',
        '',
        '**Typical mistakes.** The sign of $c$ forgotten: ask what $c = -1$ does to the list 1, 2, 5.',
      ),
      3,
    ),
  ];
}
