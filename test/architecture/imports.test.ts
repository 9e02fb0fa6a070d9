import { expect } from 'chai';
import { claims } from '../../src/claims/index.js';
import {
  computingReached,
  folderOrder,
  importCycles,
  importsOf,
  importsPastDoors,
  longFiles,
  missingImports,
  nativeImports,
  nodeUses,
  readsRecords,
  upwardImports,
  type SourceFile,
} from './rules.js';
import { sourceFiles } from './source-files.js';

/** A made-up file with the given imports. */
function file(path: string, ...imports: string[]): SourceFile {
  return { path, text: imports.map((from) => `import { x } from '${from}';\n`).join('') };
}

describe('the source tree', () => {
  const files = sourceFiles();

  it('is found, with all the folders that it must have', () => {
    const folders = new Set(files.map(({ path }) => path.split('/')[0]));
    expect([...folders]).to.include.members([...folderOrder.slice(0, 6), 'native']);
    expect(files.flatMap(importsOf).length).to.be.above(100);
  });

  it('imports downwards only', () => {
    expect(upwardImports(files)).to.deep.equal([]);
  });

  it('reaches src/native from src/index.ts and src/cli alone', () => {
    expect(nativeImports(files)).to.deep.equal([]);
  });

  it('reaches the flows through their index alone', () => {
    expect(importsPastDoors(files)).to.deep.equal([]);
  });

  it('has no cycle of imports', () => {
    expect(importCycles(files)).to.deep.equal([]);
  });

  it('imports nothing that is not there', () => {
    expect(missingImports(files)).to.deep.equal([]);
  });

  it('keeps Node out of what runs anywhere', () => {
    expect(nodeUses(files)).to.deep.equal([]);
  });

  it('judges and draws records without anything that computes', () => {
    const readers = files.map(({ path }) => path).filter(readsRecords);
    expect(readers).to.include.members(['charts/index.ts', 'claims/common/rules.ts']);
    expect(readers.filter((path) => path.endsWith('/claim.ts'))).to.have.length(claims.length);
    expect(computingReached(files)).to.deep.equal([]);
  });

  it('has no file of 300 lines', () => {
    expect(longFiles(files)).to.deep.equal([]);
  });
});

describe('the rules for the source tree', () => {
  it('see imports, re-exports, types, bare and dynamic imports, over several lines', () => {
    const text = [
      "import a from './a.js';",
      "import type { B } from './b.js';",
      "export * from './c.js';",
      "export {\n  d,\n  e,\n} from './d.js';",
      "import './e.js';",
      "const f = await import('./f.js');",
      "// import g from './g.js';",
      "/* import h from './h.js'; */",
      "const i = 1; // and from './i.js'",
    ].join('\n');
    const found = importsOf({ path: 'x.ts', text });
    expect(found).to.have.members(['./a.js', './b.js', './c.js', './d.js', './e.js', './f.js']);
  });

  it('find an upward import', () => {
    const tree = [file('losses/a.ts', '../flows/b.js', '../numerics/c.js', './d.js', 'chai')];
    expect(upwardImports(tree)).to.deep.equal(['losses/a.ts imports flows/b.ts']);
  });

  it('find a folder without a place, as a source and as a target', () => {
    const tree = [file('misc/a.ts'), file('cli/b.ts', '../misc/a.js')];
    expect(upwardImports(tree)).to.deep.equal([
      'misc/a.ts lies in a folder that has no place in the order',
      'cli/b.ts imports misc/a.ts',
    ]);
  });

  it('find who may not import src/native, and what it may not import', () => {
    const tree = [
      file('index.ts', './native/a.js'),
      file('cli/a.ts', '../native/a.js'),
      file('experiments/a.ts', '../native/a.js'),
      file('native/a.ts', '../numerics/a.js', './b.js', '../networks/a.js'),
    ];
    expect(nativeImports(tree)).to.deep.equal([
      'experiments/a.ts imports native/a.ts',
      'native/a.ts imports networks/a.ts',
    ]);
  });

  it('find who goes past the index of the flows', () => {
    const tree = [
      file('metrics/a.ts', '../flows/index.js', '../flows/kinks/kinks.js'),
      file('flows/a.ts', './kinks/kinks.js'),
    ];
    expect(importsPastDoors(tree)).to.deep.equal(['metrics/a.ts imports flows/kinks/kinks.ts']);
  });

  it('find a cycle and name the way round it', () => {
    const tree = [
      file('flows/a.ts', './b.js'),
      file('flows/b.ts', './c.js'),
      file('flows/c.ts', './d.js', './b.js'),
      file('flows/d.ts'),
    ];
    expect(importCycles(tree)).to.deep.equal(['flows/b.ts → flows/c.ts → flows/b.ts']);
  });

  it('find a cycle of types alone, within a folder and across folders', () => {
    const types = (path: string, text: string) => ({ path, text });
    const within = [
      types('flows/a.ts', "import { type A } from './b.js';"),
      types('flows/b.ts', "export type { B } from './a.js';"),
    ];
    expect(importCycles(within)).to.deep.equal(['flows/a.ts → flows/b.ts → flows/a.ts']);
    const across = [
      types('flows/a.ts', "import type { A } from '../losses/b.js';"),
      types('losses/b.ts', "import type { B } from '../flows/a.js';"),
    ];
    expect(importCycles(across)).to.deep.equal(['flows/a.ts → losses/b.ts → flows/a.ts']);
  });

  it('find an import of itself, and none in a tree that only joins again', () => {
    expect(importCycles([file('a.ts', './a.js')])).to.deep.equal(['a.ts → a.ts']);
    const diamond = [
      file('a.ts', './b.js', './c.js'),
      file('b.ts', './d.js'),
      file('c.ts', './d.js'),
      file('d.ts'),
    ];
    expect(importCycles(diamond)).to.deep.equal([]);
  });

  it('find an import of a file that is not there', () => {
    expect(missingImports([file('flows/a.ts', './gone.js')])).to.deep.equal([
      'flows/a.ts imports flows/gone.ts',
    ]);
  });

  for (const [word, line] of [
    ['a node: import', "import { readFileSync } from 'node:fs';"],
    ['process', 'const home = process.env.HOME;'],
    ['Buffer', 'const bytes = Buffer.from(text);'],
    ['require(', "const fs = require('fs');"],
    ['koffi', "import koffi from 'koffi';"],
    ['__dirname', 'const here = __dirname;'],
  ]) {
    it(`find ${word} where it may not be`, () => {
      const uses = nodeUses([
        { path: 'flows/a.ts', text: line },
        { path: 'datasets/node/a.ts', text: line },
        { path: 'cli/a.ts', text: line },
        { path: 'metrics/b.ts', text: `// ${line}` },
      ]);
      expect(uses).to.deep.equal([`flows/a.ts uses ${word}`]);
    });
  }

  it('find what computes behind a claim or a chart, but not behind an import of types', () => {
    const text = (path: string, content: string) => ({ path, text: content });
    const tree = [
      text('claims/one/claim.ts', "import { b } from '../common/b.js';"),
      text('claims/common/b.ts', "import { c } from '../../metrics/c.js';"),
      text('metrics/c.ts', "import { d } from '../flows/d.js';"),
      text('flows/d.ts', ''),
      text('charts/e.ts', "import type { d } from '../flows/d.js';"),
      text('charts/f.ts', "import { g } from '../numerics/g.js';"),
      text('charts/node/h.ts', "import { i } from '../../datasets/i.js';"),
      text('numerics/g.ts', ''),
      text('datasets/i.ts', ''),
    ];
    expect(computingReached(tree)).to.deep.equal(['metrics/c.ts imports flows/d.ts']);
  });

  it('let ordinary words be', () => {
    const text = 'const processed = 1; requireDegree(x); const typed = new ArrayBuffer(8);\n';
    expect(nodeUses([{ path: 'flows/a.ts', text }])).to.deep.equal([]);
  });

  it('find a file of 300 lines, and pass one of 299', () => {
    const tree = [300, 299].map((lines) => ({ path: `${lines}.ts`, text: 'x\n'.repeat(lines) }));
    expect(longFiles(tree)).to.deep.equal(['300.ts has 300 lines']);
  });
});
