import type typescript from 'typescript';
import { diagnosticsOf, type Diagnostic } from './diagnostic.js';
import { filesBeside } from './service.js';
import { isDeclarationFile, type Sources } from './sources.js';

/** Says what is wrong with a cell's file in a program; `source` is the cell's own part of it. */
export type Check = (program: typescript.Program, path: string, source: string) => Diagnostic[];

/** What is wrong with a cell, and with files beside it: those are looked at once as long as they stay. */
export function createCheck(folder: string, sources: Sources): Check {
  let settled = '';
  return (program, path, source) => {
    const file = program.getSourceFile(path)!;
    const found: typescript.Diagnostic[] = [...program.getSyntacticDiagnostics(file)];
    if (!isUnchecked(source)) found.push(...program.getSemanticDiagnostics(file));
    const beside = filesBeside(program, folder, sources).filter(
      ({ fileName }) => !isDeclarationFile(fileName) && fileName !== path,
    );
    const state = beside.map(({ fileName }) => fileName + sources.versionOf(fileName)).join('\n');
    const others =
      state === settled
        ? []
        : beside.flatMap((each) => [
            ...program.getSyntacticDiagnostics(each),
            ...program.getSemanticDiagnostics(each),
          ]);
    const diagnostics = diagnosticsOf([...found, ...others], { path, source }, folder);
    if (diagnostics.length === 0) settled = state;
    return diagnostics;
  };
}

/** Whether the text begins with a comment that says so. */
const isUnchecked = (source: string) =>
  /^(\s|\/\/.*\n|\/\*[^]*?\*\/)*\/\/\s*@ts-nocheck\b/.test(source);
