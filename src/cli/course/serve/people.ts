import { csvParse } from 'd3-dsv';

const ROLES = ['instructor', 'student'] as const;

/** Somebody who may log in. */
export interface Person {
  readonly name: string;
  readonly role: (typeof ROLES)[number];
}

/** Whom a class that is only tried has, where nobody says. */
export const TRIAL_PEOPLE: readonly Person[] = [
  { name: 'instructor', role: 'instructor' },
  { name: 'student1', role: 'student' },
  { name: 'student2', role: 'student' },
];

/** Names of accounts, which are names of folders and parts of addresses too. */
const NAME = /^[a-z_][a-z0-9_-]{0,31}$/;

/** The people of a CSV file with the columns `name` and `role`. Throws one sentence that names `file`. */
export function peopleIn(text: string, file: string): Person[] {
  const rows = csvParse(text.replace(/^\uFEFF/, ''));
  for (const column of ['name', 'role']) {
    if (rows.columns.includes(column)) continue;
    throw new Error(
      `${file} has no column '${column}'; expected a CSV file with the columns name and role.`,
    );
  }
  const people = rows.map(({ name, role }, k) => personOf(name.trim(), role.trim(), file, k + 2));
  const twice = people.find(({ name }, k) => people.findIndex((one) => one.name === name) < k);
  if (twice) throw new Error(`${file} has ${twice.name} twice; expected every name once.`);
  const instructors = people.filter(({ role }) => role === 'instructor');
  if (instructors.length !== 1) {
    throw new Error(
      `${file} has ${instructors.length} instructors; expected one, whose home holds the course.`,
    );
  }
  if (people.length === 1) throw new Error(`${file} has no students; expected at least one.`);
  return people;
}

function personOf(name: string, role: string, file: string, line: number): Person {
  if (!NAME.test(name)) {
    throw new Error(
      `${file}, line ${line}: the name is '${name}'; expected small letters, digits, - and _, a letter first.`,
    );
  }
  const found = ROLES.find((one) => one === role);
  if (found) return { name, role: found };
  throw new Error(
    `${file}, line ${line}: the role is '${role}'; expected one of ${ROLES.join(', ')}.`,
  );
}
