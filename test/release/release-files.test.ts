import { expect } from 'chai';
import Ajv from 'ajv';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';

const root = projectRoot();
const text = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const { version } = JSON.parse(text('package.json')) as { version: string };
const python = join(root, '.venv', 'bin', 'python');

/** A YAML file as data, by the YAML library that Jupyter brings along; dates are their text. */
function yaml(...path: string[]): unknown {
  const program =
    'import json, sys, yaml; print(json.dumps(yaml.load(sys.stdin, yaml.BaseLoader)))';
  const run = spawnSync(python, ['-c', program], { input: text(...path), encoding: 'utf8' });
  expect(run.stderr).to.equal('');
  return JSON.parse(run.stdout);
}

describe('CHANGELOG.md', () => {
  it('begins with the version of the package', () => {
    const [first] = [...text('CHANGELOG.md').matchAll(/^## (\S+)$/gm)].map(([, name]) => name);
    expect(first).to.equal(version);
  });
});

describe('files for those who cite and report', () => {
  before(function () {
    if (!existsSync(python)) this.skip();
  });

  it('CITATION.cff follows the schema of its format, and names the version of the package', () => {
    // Citation File Format 1.2.0 by S. Druskat and others, CC BY 4.0 (doi 10.5281/zenodo.5171937).
    const schema = JSON.parse(
      text('test', 'release', 'fixtures', 'cff-1.2.0.schema.json'),
    ) as object;
    const citation = yaml('CITATION.cff') as { version: string; references: { year: unknown }[] };
    for (const reference of citation.references) reference.year = Number(reference.year);
    const ajv = new Ajv({ unknownFormats: 'ignore' });
    const valid = ajv.validate(schema, citation);
    expect(valid, ajv.errorsText()).to.equal(true);
    expect(citation.version).to.equal(version);
  });

  const folder = join(root, '.github', 'ISSUE_TEMPLATE');
  for (const file of readdirSync(folder).filter((name) => name !== 'config.yml')) {
    it(`the form ${file} asks something, and what it needs is marked`, () => {
      const form = yaml('.github', 'ISSUE_TEMPLATE', file) as {
        name: string;
        description: string;
        body: { id: string; type: string; attributes: { label: string } }[];
      };
      expect(form.name).to.be.a('string');
      expect(form.description).to.be.a('string');
      for (const { type, attributes } of form.body) {
        expect(['input', 'textarea']).to.include(type);
        expect(attributes.label).to.be.a('string');
      }
      const ids = form.body.map(({ id }) => id);
      expect(new Set(ids).size).to.equal(ids.length);
      expect(JSON.stringify(form.body)).to.include('"required":"true"');
    });
  }
});
