import { existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lookAt } from '../../files/paths.js';
import { writeAtomically } from '../../files/write.js';
import { lockFolderNow } from '../../files/folder-lock.js';
import { CODE_STUB } from './regions.js';

/** A name that can be a student's: it is one of a folder, and stands in tables. */
export const isStudentName = (name: string): boolean => /^[A-Za-z0-9][\w.@-]{0,99}$/.test(name);

/** What nbgrader and formgrader are told of a course. */
const settings = (
  course: string,
): string => `# Settings of nbgrader for this course; yours may follow.
from nbgrader.preprocessors import NbGraderPreprocessor

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = 'afterfit'
c.CourseDirectory.root = ${JSON.stringify(course)}
c.ClearSolutions.code_stub = {'typescript': ${JSON.stringify(CODE_STUB)}}
c.Exchange.timezone = 'UTC'
# What students wrote is shown to whoever grades: no scripts.
c.HTMLExporter.sanitize_html = True
c.SanitizeHTML.enabled = True


class GradedBySandbox(NbGraderPreprocessor):
    """Stands in the way of the button 'Autograde', which would run students' code without a sandbox."""

    def preprocess(self, nb, resources):
        raise RuntimeError('Submissions are graded by \`npm run course -- grade\`, in a sandbox.')


c.Autograde.sanitize_preprocessors = [GradedBySandbox]
c.Autograde.autograde_preprocessors = [GradedBySandbox]
`;

/** Makes the folder of a course where it is not there yet. */
export function ensureCourse(course: string): void {
  mkdirSync(join(course, 'source'), { recursive: true });
  const file = join(course, 'nbgrader_config.py');
  if (!existsSync(file)) writeAtomically(file, settings(course));
}

/** Holds a course while it is worked on. Throws a sentence where another process does. */
export function holdCourse(course: string): () => void {
  const release = lockFolderNow(join(course, 'journal'));
  if (release) return release;
  throw new Error(
    `${course}: another \`npm run course\` is at work there; expected it to end first.`,
  );
}

/** The students who have handed a set in, in order. */
export function submitters(course: string, set: string): string[] {
  const folder = join(course, 'submitted');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => isStudentName(name) && lookAt(join(folder, name, set), lstatSync))
    .sort();
}
