import { type YAMLError, YAMLParseError } from 'yaml';
import type { Design } from '../design/design.ts';
import { type Notice, referenceNotices, unknownKeyNotices } from '../design/notices.ts';
import type { Problem } from '../result.ts';
import { PartCache } from './cache.ts';
import { checkLength, limits } from './limits.ts';
import { toDesign } from './model.ts';
import { parse } from './parse.ts';
import { positionAt } from './position.ts';
import { schemaProblems, syntaxProblem } from './problems.ts';
import type { SourceMap } from './source.ts';
import { validate } from './validate.ts';

/** A design file as read: its text and, where that is valid, its model. */
export interface Loaded {
  readonly text: string;
  /** What keeps the text from being a design; empty exactly when `design` is there. */
  readonly problems: readonly Problem[];
  readonly design: Design | undefined;
  /** Present whenever the text is YAML. */
  readonly source: SourceMap | undefined;
  /** Dangling references and unknown keys: the design stands, but its author should know. */
  readonly notices: readonly Notice[];
}

/**
 * Reads the text of a design. Never throws: everything that can be wrong with the text is a problem with a position.
 * Limits are checked before anything that could be slow.
 * @param cache Parts of earlier versions of the same document; what they have in common is not read again.
 */
export function load(text: string, cache = new PartCache()): Loaded {
  const refuse = (problems: readonly Problem[], source?: SourceMap): Loaded => ({
    text,
    problems,
    design: undefined,
    source,
    notices: [],
  });

  const early = checkLength(text) ?? conflictProblem(text);
  if (early) return refuse([early]);
  const source = parse(text, cache);
  if (source.limit) return refuse([source.limit]);
  if (source.misread.length > 0)
    return refuse(
      source.misread.map(({ error, offset }) => syntaxProblem(shifted(error, offset), source)),
      source,
    );

  let value: unknown;
  try {
    value = source.value;
  } catch {
    return refuse([ALIASES], source);
  }
  const { issues, data, checked } = validate(source, value);
  const problems = schemaProblems(value, issues, source);
  if (problems.length > 0 || !data) return refuse(problems, source);

  const design = toDesign(data, checked);
  return {
    text,
    problems: [],
    design,
    source,
    notices: [...referenceNotices(design), ...unknownKeyNotices(design)],
  };
}

const shifted = ({ pos, code, message }: YAMLError, by: number): YAMLError =>
  new YAMLParseError([pos[0] + by, pos[1] + by], code, message);

const ALIASES: Problem = {
  code: 'LOOM_LIMIT',
  message: `The file uses YAML aliases more than ${limits.aliases} times, counted as they expand.`,
  hint: 'Write the repeated parts out.',
};

function conflictProblem(text: string): Problem | undefined {
  const conflict = /^(?:<{7} |={7}\r?$|>{7} )/m.exec(text);
  return conflict
    ? {
        code: 'LOOM_CONFLICT_MARKERS',
        message: 'The file holds the conflict markers of an unfinished git merge.',
        hint: 'Finish the merge: keep the lines that are right and delete the markers.',
        at: positionAt(text, conflict.index),
      }
    : undefined;
}
