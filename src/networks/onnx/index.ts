export { decodeOnnx, type OnnxModel, type ReadBeside } from './decode.js';
export { importOnnx, type ImportedNetwork } from './import.js';
