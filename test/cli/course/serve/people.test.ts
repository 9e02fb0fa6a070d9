import { expect } from 'chai';
import { peopleIn, TRIAL_PEOPLE } from '../../../../src/cli/course/serve/people.js';

/** What is said of a file of people that cannot be. */
function faultOf(text: string): string {
  try {
    peopleIn(text, 'class.csv');
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the people of a class', () => {
  it('are read from a table of names and roles', () => {
    const text = '\uFEFFrole,name,mail\r\nstudent, ada ,a@b\r\ninstructor,grace,\r\n';
    expect(peopleIn(text, 'class.csv')).to.deep.equal([
      { name: 'ada', role: 'student' },
      { name: 'grace', role: 'instructor' },
    ]);
  });

  it('are refused in a sentence', () => {
    const head = 'name,role\n';
    expect(faultOf('ada,student\n')).to.equal(
      "class.csv has no column 'name'; expected a CSV file with the columns name and role.",
    );
    expect(faultOf(`${head}../ada,student\n`)).to.equal(
      "class.csv, line 2: the name is '../ada'; expected small letters, digits, - and _, a letter first.",
    );
    expect(faultOf(`${head}grace,instructor\nada,pupil\n`)).to.equal(
      "class.csv, line 3: the role is 'pupil'; expected one of instructor, student.",
    );
    expect(faultOf(`${head}grace,instructor\nada,student\nada,student\n`)).to.equal(
      'class.csv has ada twice; expected every name once.',
    );
    expect(faultOf(`${head}ada,student\n`)).to.match(/has 0 instructors; expected one/);
    expect(faultOf(`${head}a,instructor\nb,instructor\n`)).to.match(/has 2 instructors/);
    expect(faultOf(`${head}grace,instructor\n`)).to.match(/has no students/);
    expect(faultOf(head)).to.match(/has 0 instructors/);
    expect(faultOf(`${head}grace\n`)).to.match(/line 2: the role is ''/);
  });

  it('are an instructor and students where a class is tried', () => {
    expect(TRIAL_PEOPLE.map(({ role }) => role)).to.deep.equal([
      'instructor',
      'student',
      'student',
    ]);
  });
});
