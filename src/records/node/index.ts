export * from './claim-manifest.js';
export {
  readOrigin,
  readRecord,
  RECORD_FORMAT,
  requireRecordPlace,
  writeRecord,
  type KeptRecord,
  type RecordOrigin,
} from './record-folder.js';
