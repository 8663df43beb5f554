import type { Problem } from '../result.ts';
import type { SourceMap } from '../text/source.ts';
import type { GenerateProblem } from './ipc.ts';

/** A problem of a design, with the place in its text that the user has to look at. */
export function problemInText(problem: Problem, source: SourceMap | undefined): GenerateProblem {
  const { code, message, hint, at, element } = problem;
  const slash = element?.indexOf('/') ?? -1;
  const path = element && slash > 0 ? [element.slice(0, slash), element.slice(slash + 1)] : undefined;
  const position = at ?? (path && source?.locate(path));
  return {
    code,
    message,
    ...(hint && { hint }),
    ...(element && { element }),
    ...(position && { line: position.line, column: position.column }),
  };
}
