import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../src/cli/command.js';
import { measureCommand } from '../../../src/cli/measure.js';
import { networkInOnnx } from '../../../src/cli/measure/onnx-file.js';
import type { MeasureRecord } from '../../../src/cli/measure/record.js';
import { fixture } from '../../networks/onnx/fixtures.js';

let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), 'afterfit-onnx-'))));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command in this process, its lines kept to themselves. */
async function measured(...args: string[]): Promise<MeasureRecord & { notes: string[] }> {
  const out = join(folder, 'result.json');
  const { log } = console;
  console.log = () => undefined;
  try {
    expect(await runCommand(measureCommand, [...args, '--out', out])).to.equal(0);
  } finally {
    console.log = log;
  }
  return JSON.parse(readFileSync(out, 'utf8')) as MeasureRecord & { notes: string[] };
}

describe('measuring an ONNX model', () => {
  it('gives all that weights with a network give, and what was read otherwise', async () => {
    const record = await measured(fixture('mixed-script.onnx'), '--data', fixture('mixed.npz'));
    expect(record.network.name).to.equal('mixed-script');
    expect(record.network.parameters).to.equal(376);
    expect(record.mapping).to.deep.include(['6.weight', '6.weight']);
    expect(record.alignment.cosine).to.be.within(-1, 1);
    expect(record.notes).to.have.length(1);
    const spectral = record.margins.find(({ normaliser }) => normaliser === 'spectral');
    expect(spectral?.training.every(Number.isFinite)).to.equal(true);
  });

  it('counts the classes of a network with more scores', async () => {
    const record = await measured(fixture('transformer-dynamo.onnx'), '--data', fixture('transformer.npz')); // prettier-ignore
    expect(record.notes).to.deep.equal([]);
    expect(record.layers.length).to.be.above(10);
  });

  it('reads numbers beside the model, and none from elsewhere', () => {
    const model = join(folder, 'm.onnx');
    const text = (value: string) => [value.length, ...new TextEncoder().encode(value)];
    /** A tensor of one number that lies in a file of a name. */
    const withLocation = (location: string) => {
      const pair = [0x0a, ...text('location'), 0x12, ...text(location)];
      const tensor = [0x08, 1, 0x10, 1, 0x42, ...text('w'), 0x6a, pair.length, ...pair, 0x70, 1];
      const graph = [0x2a, tensor.length, ...tensor];
      writeFileSync(model, Uint8Array.of(0x42, 2, 0x10, 20, 0x3a, graph.length, ...graph));
      return () => networkInOnnx(model);
    };
    for (const location of ['../secret', '/etc/passwd', 'a/b', '..']) {
      expect(withLocation(location)).to.throw(
        `m.onnx: it keeps numbers in '${location}'; expected a file in its own folder.`,
      );
    }
    expect(withLocation('gone.bin')).to.throw("m.onnx: it keeps numbers in 'gone.bin'; expected that file beside it."); // prettier-ignore
    symlinkSync('/etc/passwd', join(folder, 'link.bin'));
    expect(withLocation('link.bin')).to.throw('expected that file beside it');
    writeFileSync(join(folder, 'short.bin'), Uint8Array.of(1, 2));
    expect(withLocation('short.bin')).to.throw('short.bin: expected 4 bytes from byte 0 on, found 2 in all.'); // prettier-ignore
    writeFileSync(join(folder, 'good.bin'), new Uint8Array(4));
    expect(withLocation('good.bin')).to.throw('m.onnx: expected one input and one output, found →.'); // prettier-ignore
  });
});
