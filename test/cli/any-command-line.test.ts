import { expect } from 'chai';
import fc from 'fast-check';
import { commands } from '../../src/cli/commands.js';
import { parseCommandLine } from '../../src/cli/command-line.js';
import { flag, number, text, whole } from '../../src/cli/option.js';
import { always } from '../helpers/always.js';

const options = {
  name: text('N', 'a name'),
  count: whole('K', 'a count', 0),
  size: number('X', 'a size'),
  loud: flag('aloud'),
};

describe('whatever is on a command line', () => {
  it('comes to the values that were given, in any order, and to the other words', () => {
    // A text that looks like an option is given as --name=TEXT.
    const given = fc.record(
      {
        name: fc.string(),
        count: fc.nat(),
        // Of -0 its text keeps no sign.
        size: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        loud: fc.constant(true),
      },
      { requiredKeys: [] },
    );
    const operands = fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { maxLength: 3 });
    always(
      fc.property(given, operands, fc.infiniteStream(fc.nat()), (values, rest, draws) => {
        const words: string[][] = Object.entries(values).map(([name, value]) => {
          if (value === true) return ['--loud'];
          return name === 'name' ? [`--name=${value}`] : [`--${name}`, String(value)];
        });
        for (const operand of rest) {
          // Put in somewhere; operands keep their order where each comes behind the one before.
          const place = words.findLastIndex(([word]) => rest.includes(word)) + 1;
          const room = words.length - place + 1;
          words.splice(place + (draws.next().value % room), 0, [operand]);
        }
        const line = parseCommandLine(words.flat(), options);
        const left = { name: undefined, count: undefined, size: undefined, loud: false };
        expect(line).to.deep.equal({ values: { ...left, ...values }, operands: rest });
      }),
    );
  });

  for (const [name, load] of commands) {
    it(`is read by ${name}, or refused in a sentence`, async function () {
      this.timeout(60_000);
      const command = await load();
      const known = [...command.help.matchAll(/--[a-z-]+/g)].map(([option]) => option);
      const words = fc.oneof(
        fc.constantFrom(...known),
        fc.tuple(fc.constantFrom(...known), fc.string()).map((both) => both.join('=')),
        fc.double().map(String),
        fc.string(),
      );
      always(
        fc.property(fc.array(words, { maxLength: 5 }), (args) => {
          try {
            command.read(args);
          } catch (error) {
            const { constructor, message } = error as Error;
            expect(constructor, message).to.equal(Error);
            expect(message).to.match(/\.$/);
          }
        }),
      );
    });
  }
});
