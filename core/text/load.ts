import { parseDocument } from 'yaml';
import type { Design } from '../design/design.ts';
import { type Notice, noticesOf } from '../design/notices.ts';
import type { Problem } from '../result.ts';
import { checkDepth, checkLength, limits } from './limits.ts';
import { toDesign } from './model.ts';
import { positionAt } from './position.ts';
import { schemaProblems, syntaxProblem } from './problems.ts';
import { documentSchema } from './schema.ts';
import { SourceMap } from './source.ts';

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
 */
export function load(text: string): Loaded {
  const refuse = (problems: readonly Problem[], source?: SourceMap): Loaded => ({
    text,
    problems,
    design: undefined,
    source,
    notices: [],
  });

  const limit = checkLength(text) ?? checkDepth(text);
  if (limit) return refuse([limit]);
  const conflict = /^(?:<{7} |={7}\r?$|>{7} )/m.exec(text);
  if (conflict) {
    return refuse([
      {
        code: 'LOOM_CONFLICT_MARKERS',
        message: 'The file holds the conflict markers of an unfinished git merge.',
        hint: 'Finish the merge: keep the lines that are right and delete the markers.',
        at: positionAt(text, conflict.index),
      },
    ]);
  }
  const document = parseDocument(text, { prettyErrors: false, strict: true, uniqueKeys: true });
  const source = new SourceMap(text, document as never);
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0)
    return refuse(
      broken.map((error) => syntaxProblem(error, source)),
      source,
    );

  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: limits.aliases });
  } catch {
    return refuse(
      [
        {
          code: 'LOOM_LIMIT',
          message: `The file uses YAML aliases more than ${limits.aliases} times, counted as they expand.`,
          hint: 'Write the repeated parts out.',
        },
      ],
      source,
    );
  }
  const parsed = documentSchema.safeParse(value);
  const problems = schemaProblems(value, parsed.success ? [] : parsed.error.issues, source);
  if (problems.length > 0 || !parsed.success) return refuse(problems, source);

  const design = toDesign(parsed.data);
  return {
    text,
    problems: [],
    design,
    source,
    notices: noticesOf(design),
  };
}
