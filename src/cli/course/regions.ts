import { isAnswer, isGraded, type Cell, type Notebook } from './notebook.js';

/** What stands in place of a solution; nbgrader is told of the first, and has the other for answers in words. */
export const CODE_STUB = "throw new Error('not yet written');";
const TEXT_STUB = 'YOUR ANSWER HERE';

type Region = 'SOLUTION' | 'HIDDEN TESTS';

/** A text with the lines of each region replaced. Throws one sentence where a region has no end. */
function withoutRegions(text: string, region: Region, replace: (indent: string) => string[]) {
  const kept: string[] = [];
  let isInside = false;
  let isFound = false;
  for (const line of text.split('\n')) {
    if (line.includes(`BEGIN ${region}`)) {
      if (isInside) throw new Error(`A region '${region}' begins inside another one.`);
      isInside = isFound = true;
      kept.push(...replace(/^\s*/.exec(line)![0]));
    } else if (line.includes(`END ${region}`)) isInside = false;
    else if (!isInside) kept.push(line);
  }
  if (isInside) throw new Error(`A region '${region}' has no end.`);
  return { text: kept.join('\n'), isFound };
}

/** A cell as students get it: stubs in place of solutions, no hidden tests. nbgrader does the same. */
function releasedCell(cell: Cell): Cell {
  const stub = cell.cell_type === 'code' ? CODE_STUB : TEXT_STUB;
  const open = withoutRegions(cell.source, 'SOLUTION', (indent) => [indent + stub]);
  const written = isAnswer(cell) && !open.isFound ? stub : open.text;
  return { ...cell, source: isGraded(cell) ? visibleTests(written) : written };
}

/** Tests without the hidden ones. */
export const visibleTests = (text: string): string =>
  withoutRegions(text, 'HIDDEN TESTS', () => []).text;

/** A notebook as students get it. Throws one sentence where a region is not closed. */
export const releasedNotebook = (source: Notebook): Notebook => ({
  ...source,
  cells: source.cells.map(releasedCell),
});
