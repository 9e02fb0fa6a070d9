/** `node reference-child.js NAME plain|native`: a reference flow in a fresh Node, as JSON on its output. */
import * as kit from '../../src/browser.js';
import { installNativeLinearAlgebra } from '../../src/native/index.js';
import { referenceProblem } from './reference-file.js';
import { referenceNumbers } from './reference-numbers.js';

const [name, algebra] = process.argv.slice(2);
if (algebra === 'native') installNativeLinearAlgebra();
console.log(JSON.stringify(referenceNumbers(kit, referenceProblem(name))));
