import { choice, path, text, whole, withDefault, type Values } from '../../option.js';

/** How people of a class log in. */
const AUTHS = ['pam', 'dummy'] as const;

const PORT = 8000;

/** What `npm run course -- serve` takes besides `--course`. */
export const serveOptions = {
  auth: withDefault(
    choice(
      'HOW',
      `how people log in: pam, with their accounts on this machine (default;
needs root), or dummy, for trying, with a password that is shown`,
      AUTHS,
    ),
    'pam',
  ),
  users: path(
    'FILE',
    `who may log in: CSV with the columns name and role, which is student or
instructor (dummy needs none and has an instructor and two students)`,
    'a CSV file',
  ),
  port: withDefault(
    whole('N', `where the class server listens; 0 takes any (default: ${PORT})`, 0),
    PORT,
  ),
  state: withDefault(
    text('DIR', 'what the class server keeps, the exchange included (default: class)'),
    'class',
  ),
};

export type ServeValues = Values<typeof serveOptions>;
