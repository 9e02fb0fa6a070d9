import { expect } from 'chai';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../notebooks/temporary-folder.js';
import { kernelForTests } from './kernel-for-tests.js';

const DECLARATIONS = `/** A function.
 * @param x a number
 */
export declare function twice(x: number): number;
/**/ export declare const bare: 1;
/** A constant. */
export declare const size: number, other: string;
/** A shape. */
export interface Shape {
  /** Its area, see {@link twice}. */
  area: number;
  /** Grows it. */
  grow(by: number): void;
  /** Grows it by a text. */
  grow(by: string): void;
}
export declare const shape: Shape;
/** The first. */ /** The one that counts. */
export declare class Box {}
/** Declared elsewhere. */
export { twice as double };
`;

describe('the documentation of packages', function () {
  this.timeout(60_000);
  const folder = temporaryFolder('documentation-');
  const own = join(folder, 'node_modules', 'documented');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'package.json'), '{ "name": "documented", "types": "index.d.ts" }');
  writeFileSync(join(own, 'index.d.ts'), DECLARATIONS);
  writeFileSync(join(own, 'index.js'), 'exports.shape = { area: 1 };');
  after(() => rmSync(folder, { recursive: true, force: true }));
  const kernel = kernelForTests({ folder });
  before(async () => {
    const { reply } = await kernel().execute(
      "import { twice, double, size, bare, shape, Box, type Shape } from 'documented';",
    );
    expect(reply.status, JSON.stringify(reply)).to.equal('ok');
  });

  const shown: [string, RegExp][] = [
    ['twice', /A function\.\n\n@param x a number$/],
    ['double', /A function\./],
    ['shape.area', /Its area, see \{@link twice\}\.$/],
    ['shape.grow', /Grows it\.$/],
    ['let own: Shape', /A shape\.$/],
    ['Box', /The one that counts\.$/],
    ['console.error', /Prints to `stderr` with newline/],
    ['[1].map', /Calls a defined callback function on each element/],
    ['bare', /const bare: 1[^.]*$/],
  ];
  for (const [name, text] of shown) {
    it(`is shown with ${name}, asked for once or again`, async () => {
      for (let time = 0; time < 2; time++) {
        const request = { code: name, cursor_pos: name.length, detail_level: 0 };
        const { content } = await kernel().request('shell', 'inspect_request', request);
        expect((content.data as Record<string, string>)['text/plain']).to.match(text);
      }
    });
  }
});
