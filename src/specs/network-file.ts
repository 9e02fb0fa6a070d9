import { z } from 'zod';
import { parseSpec, valueAt } from './faults.js';
import { kindError, object, schemaKey, word } from './fields.js';
import { imageNetworkFormats, imageNetworkKinds, shapeFormat } from './image-network.js';
import { partsFormat } from './parts.js';
import type { ImageNetworkSpec } from './spec-types.js';

/** A network in a file of its own, which needs no kind where it has parts. */
const withoutKind = object(
  {
    ...schemaKey,
    name: word.optional().describe('What messages call the network; left out, the file’s name.'),
    image: shapeFormat.describe('The shape of the images.'),
    parts: partsFormat.describe('The parts, one after the other.'),
  },
  'an object with image and parts',
);

const [hAlexNet, resNet, denseNet, parts] = imageNetworkFormats;
const withKind = z.discriminatedUnion(
  'kind',
  [
    hAlexNet.extend(schemaKey),
    resNet.extend(schemaKey),
    denseNet.extend(schemaKey),
    parts.extend(schemaKey),
  ],
  { error: kindError(imageNetworkKinds) },
);

/** A network in a file of its own. */
export const networkFileFormat = z.union([withoutKind, withKind]);

/** The network in the content of a file called `name`. Throws one sentence that names the place. */
export function networkInFile(raw: unknown, name: string): ImageNetworkSpec {
  if (valueAt(raw, ['kind']) !== undefined) {
    const { $schema: _, ...spec } = parseSpec(withKind, raw, name);
    // Parts within parts are typed by their kinds alone.
    return spec as unknown as ImageNetworkSpec;
  }
  const { image, parts, ...rest } = parseSpec(withoutKind, raw, name);
  const spec = { kind: 'parts', name: rest.name ?? name.replace(/\.json$/, ''), image, parts };
  return spec as unknown as ImageNetworkSpec;
}
