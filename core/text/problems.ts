import type { YAMLError } from 'yaml';
import { channelSections, sections } from '../kinds/registry.ts';
import type { Problem } from '../result.ts';
import type { z } from '../zod.ts';
import { contentProblems } from './content.ts';
import { FORMAT } from './format.ts';
import { limits, tooManyElements } from './limits.ts';
import { isRecord } from './render.ts';
import { ID } from './schema.ts';
import type { Path, SourceMap } from './source.ts';

/** Hints for the mistakes that people make most with YAML. */
const HINTS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'Every id stands once in its section; rename one of the two.',
  TAB_AS_INDENT: 'Indent with spaces.',
  MULTIPLE_DOCS: 'A design file holds one document; remove the `---` line.',
  TAG_RESOLVE_FAILED: 'A design uses no YAML tags; remove the `!…`.',
  BAD_ALIAS: 'The alias has no anchor before it.',
};

export function syntaxProblem(error: YAMLError, source: SourceMap): Problem {
  const hint = HINTS[error.code];
  return {
    code: 'LOOM_SYNTAX',
    message: error.message,
    at: source.position(error.pos[0]),
    ...(hint ? { hint } : {}),
  };
}

/** Everything that is wrong with a value that is YAML: format, types, names, number of elements. */
export function schemaProblems(
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
  source: SourceMap,
): Problem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [
      {
        code: 'LOOM_FORMAT',
        message: 'The file is not a Brokerloom design.',
        hint: 'A design begins with `brokerloom: 1`.',
      },
    ];
  }
  const root = value as Readonly<Record<string, unknown>>;
  const format = root['brokerloom'];
  if (typeof format !== 'number') {
    return [
      {
        code: 'LOOM_FORMAT',
        message: 'The file does not say which format it has.',
        hint: 'Write `brokerloom: 1` on its first line.',
        at: source.position(0),
      },
    ];
  }
  if (format > FORMAT) {
    return [
      problem(
        source,
        ['brokerloom'],
        'LOOM_FORMAT',
        `The file has format ${format}; this version reads up to ${FORMAT}.`,
        'Install a newer Brokerloom.',
      ),
    ];
  }
  const found = [...issues.map((issue) => issueProblem(issue, source)), ...nameProblems(source)];
  return found.length > 0 ? found : contentProblems(source);
}

function issueProblem(issue: z.core.$ZodIssue, source: SourceMap): Problem {
  const path = issue.path as Path;
  const element = path.length >= 2 ? { element: `${String(path[0])}/${String(path[1])}` } : {};
  const name = path.join('.');
  const at = source.locate(path);
  return {
    code: issue.code === 'too_big' && issue.origin === 'string' ? 'LOOM_LIMIT' : 'LOOM_SCHEMA',
    message: `${name}: ${issueText(issue)}`,
    ...(issueHint(issue) ?? {}),
    ...(at ? { at } : {}),
    ...element,
  };
}

function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union') return 'has none of the forms that are allowed here.';
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.includes('undefined'))
    return 'is missing.';
  if (isEmpty(issue)) return 'is empty.';
  return issue.message;
}

/** Whether a key has nothing behind it, as while its value is about to be typed. */
const isEmpty = (issue: z.core.$ZodIssue): boolean =>
  issue.code === 'invalid_type' && issue.message.endsWith('received null');

const issueHint = (issue: z.core.$ZodIssue): { hint: string } | undefined =>
  isEmpty(issue)
    ? { hint: 'Write a value, or take the key out.' }
    : issue.code === 'invalid_type' && issue.expected === 'string' && !issue.message.includes('undefined')
      ? { hint: 'Write the value in quotes.' }
      : undefined;

function nameProblems(source: SourceMap): Problem[] {
  const found: Problem[] = [];
  const channels = new Map<string, string>();
  const brokerNames = new Map<string, string>();
  let count = 0;
  for (const section of sections) {
    const twins = new Map<string, string>();
    const isChannel = (channelSections as readonly string[]).includes(section);
    source.eachIn(section, (id, entry) => {
      count++;
      const small = id.toLowerCase();
      const twin = twins.get(small);
      if (twin !== undefined) {
        found.push(
          problem(
            source,
            [section, id],
            'LOOM_NAME',
            `${id} and ${twin} differ only in case, which not every disk and broker can tell apart.`,
            'Give one of them another id.',
          ),
        );
      }
      twins.set(small, id);
      if (!ID.test(id) || id === '__proto__' || RESERVED_FILES.test(id)) {
        found.push(
          problem(
            source,
            [section, id],
            'LOOM_NAME',
            `${JSON.stringify(id)} cannot be an id.`,
            'Use letters, digits, dot, dash and underscore, at most 128 of them.',
          ),
        );
      }
      if (!isChannel) return;
      // Letters of ASCII have one form.
      if (!source.isHarmless) {
        const { broker, name = id } = isRecord(entry) ? entry : {};
        const known = `${section}\n${broker}\n${String(name).normalize('NFC')}`;
        const composed = brokerNames.get(known);
        if (composed !== undefined && composed !== name) {
          found.push(
            problem(
              source,
              [section, id, 'name'],
              'LOOM_NAME',
              `The name of ${id} looks like another one: both hold the same letters in different Unicode forms.`,
              'Type the name again, in the same form as the other.',
            ),
          );
        }
        brokerNames.set(known, String(name));
      }
      const other = channels.get(id);
      if (other)
        found.push(
          problem(
            source,
            [section, id],
            'LOOM_NAME',
            `${id} is in ${other} already.`,
            'Give one of them another id.',
          ),
        );
      channels.set(id, section);
    });
  }
  if (count > limits.elements) {
    found.unshift({
      code: 'LOOM_LIMIT',
      ...tooManyElements(),
    });
  }
  return found;
}

/** Device names that Windows does not allow as file names. https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const RESERVED_FILES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i;

function problem(
  source: SourceMap,
  path: Path,
  code: Problem['code'],
  message: string,
  hint: string,
): Problem {
  const at = source.locate(path);
  return { code, message, hint, ...(at ? { at } : {}) };
}
