/**
 * A process that reads one file of a student's, so that what is in it takes nobody else's memory or time:
 * `node preflight-child.js FILE SET SETS`. It prints what could be made of it as JSON.
 */
import { readFileSync } from 'node:fs';
import { readSet } from '../problem-set.js';
import { readSubmission } from './read-submission.js';

const [file, name, sets] = process.argv.slice(2);
const found = readSubmission(readFileSync(file, 'utf8'), readSet(name, sets));
const plain = 'refused' in found ? found : { ...found, answers: [...found.answers] };
process.stdout.write(JSON.stringify(plain));
