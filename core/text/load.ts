import { type YAMLError, YAMLParseError } from 'yaml';
import type { Design } from '../design/design.ts';
import { type Notice, noticesOf } from '../design/notices.ts';
import { migrate } from '../migrations/migrate.ts';
import type { Problem } from '../result.ts';
import { PartCache } from './cache.ts';
import { conflictIn, type LayoutConflict } from './conflicts.ts';
import { FORMAT } from './format.ts';
import { checkLength, limits } from './limits.ts';
import { toDesign } from './model.ts';
import { parse } from './parse.ts';
import { schemaProblems, syntaxProblem } from './problems.ts';
import { isRecord } from './render.ts';
import type { SourceMap } from './source.ts';
import { type Validated, validate } from './validate.ts';

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
  /** A file of a newer format: what this version understands of it, to be looked at and not changed. */
  readonly readOnly?: { readonly reason: Problem; readonly design: Design };
  /** Conflict markers in the layout; `design` and `source` are those of our side. The author should be told. */
  readonly conflict?: LayoutConflict;
}

/**
 * Reads the text of a design. Never throws: everything that can be wrong with the text is a problem with a position.
 * Limits are checked before anything that could be slow.
 * @param cache Parts of earlier versions of the same document; what they have in common is not read again.
 */
export function load(text: string, cache = new PartCache()): Loaded {
  const limit = checkLength(text);
  if (limit) return refused(text, [limit]);
  const conflict = conflictIn(text);
  if (!conflict) return read(text, cache);
  if ('code' in conflict) return refused(text, [conflict]);
  return { ...read(conflict.masked, cache), text, conflict };
}

function read(text: string, cache: PartCache): Loaded {
  const source = parse(text, cache);
  if (source.limit) return refused(text, [source.limit]);
  if (source.misread.length > 0)
    return refused(
      text,
      source.misread.map(({ error, offset }) => syntaxProblem(shifted(error, offset), source)),
      source,
    );

  let validated: Validated;
  try {
    validated = validate(source);
  } catch (error) {
    if (error instanceof ReferenceError) return refused(text, [ALIASES], source);
    throw error;
  }
  const value = source.head;
  const { issues, data, checked } = validated;
  const problems = schemaProblems(value, issues, source);
  const format = isRecord(value) ? Number(value['brokerloom']) : Number.NaN;
  const [problem] = problems;
  if (format > FORMAT && problem && data)
    return {
      ...refused(text, problems, source),
      readOnly: { reason: problem, design: toDesign(data, checked) },
    };
  if (format < FORMAT) {
    // What an older format says is known only once it has been brought up to date.
    const migrated = migrate(source);
    return refused(text, [migrated.ok ? older(source, format) : migrated.error], source);
  }
  if (problems.length > 0 || !data) return refused(text, problems, source);

  const design = toDesign(data, checked);
  return { text, problems: [], design, source, notices: noticesOf(design, text) };
}

const refused = (text: string, problems: readonly Problem[], source?: SourceMap): Loaded => ({
  text,
  problems,
  design: undefined,
  source,
  notices: [],
});

function older(source: SourceMap, format: number): Problem {
  const at = source.locate(['brokerloom']);
  return {
    code: 'LOOM_FORMAT',
    message: `The file has format ${format}; the present one is ${FORMAT}.`,
    hint: 'Run `brokerloom fmt` on it: it is brought up to date, comments kept.',
    ...(at ? { at } : {}),
  };
}

const shifted = ({ pos, code, message }: YAMLError, by: number): YAMLError =>
  new YAMLParseError([pos[0] + by, pos[1] + by], code, message);

const ALIASES: Problem = {
  code: 'LOOM_LIMIT',
  message: `The file uses YAML aliases more than ${limits.aliases} times, counted as they expand.`,
  hint: 'Write the repeated parts out.',
};
