import { sections } from '../kinds/registry.ts';
import { nearest } from '../nearest.ts';
import { patternFault } from '../regex/backtracking.ts';
import type { Problem } from '../result.ts';
import { limits } from './limits.ts';
import type { Part } from './part.ts';
import type { Path, SourceMap } from './source.ts';

/**
 * Control characters but tab and line breaks, lone surrogates, and the characters that change the direction of text
 * (https://trojansource.codes): they are invisible, and change how the text reads in editors, terminals and code.
 */
const FORBIDDEN = /(?![\t\n\r\u0085])\p{Cc}|\p{Bidi_Control}|\p{Surrogate}/u;

/** Most texts; told sooner than {@link FORBIDDEN} tells it. */
const PRINTABLE = /^[ -~]*$/;

/** As many problems as somebody reads. */
const MOST = 100;

/**
 * What is wrong with the texts, keys and numbers of a design wherever they stand, those places included whose form is
 * free: schemas, examples, headers and unknown attributes. They reach generated files like all others.
 */
export function contentProblems(source: SourceMap): Problem[] {
  const found: Problem[] = [];
  const report = (fault: Fault): void => {
    const at = source.locate(path);
    const shown = path.map((step) => printable(String(step))).join('.');
    const { message, ...rest } = fault;
    if (found.length < MOST) found.push({ ...rest, message: `${shown}: ${message}`, ...(at ? { at } : {}) });
  };
  const faultOf = source.isHarmless ? lengthFault : textFault;
  const above = new Set<object>();
  // The path of what is visited; one list, since most of them are never looked at.
  const path: (string | number)[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) {
      const fault =
        typeof value === 'string'
          ? (faultOf(value) ?? patternFaultAt(path, value))
          : typeof value === 'number'
            ? numberFault(value, path, source)
            : undefined;
      if (fault) report(fault);
      return;
    }
    if (above.has(value)) {
      report(CIRCULAR);
      return;
    }
    above.add(value);
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        path.push(index);
        visit(item);
        path.pop();
      }
    } else {
      for (const key of Object.keys(value)) visitKey(key, (value as Readonly<Record<string, unknown>>)[key]);
    }
    above.delete(value);
  };
  const visitKey = (key: string, value: unknown): void => {
    const fault = keyFault(key) ?? faultOf(key) ?? keyPatternFault(path, key) ?? sectionFault(path, key);
    path.push(key);
    if (fault) report(fault);
    else visit(value);
    path.pop();
  };
  visit(source.head);
  for (const { key: section, below = [] } of source.entries) {
    path.push(section);
    for (const { key, part } of below) if (!isSound(section, part, source)) visitKey(key, part.valueAt(key));
    path.pop();
  }
  return found;
}

const CIRCULAR: Fault = {
  code: 'LOOM_SYNTAX',
  message: 'is an alias of what it stands in',
  hint: 'Write the part out.',
};

type Fault = Pick<Problem, 'code' | 'message' | 'hint'>;

/**
 * Whether no fault can be in a part, as far as its layout tells: a common one has no texts that are too long, no escapes
 * and no numbers that are rounded. Only messages have places for patterns.
 */
const isSound = (section: string, part: Part, source: SourceMap): boolean =>
  part.isCommon && section !== 'messages' && (source.isHarmless || ASCII.test(part.text));

/** Printable characters of ASCII, and the breaks between lines. */
const ASCII = /^[\n\r -~]*$/;

const lengthFault = (text: string): Fault | undefined =>
  text.length > limits.string
    ? {
        code: 'LOOM_LIMIT',
        message: `is longer than ${limits.string.toLocaleString('en')} characters`,
        hint: 'Keep long content in a file beside the design.',
      }
    : undefined;

const textFault = (text: string): Fault | undefined =>
  lengthFault(text) ??
  (!PRINTABLE.test(text) && FORBIDDEN.test(text)
    ? {
        code: 'LOOM_SCHEMA',
        message: 'contains a control character, a bidirectional control or a lone surrogate',
        hint: 'Delete the character, which may be invisible, and type the text again.',
      }
    : undefined);

const keyFault = (key: string): Fault | undefined =>
  key === '__proto__'
    ? {
        code: 'LOOM_NAME',
        message: 'cannot be a key, since JavaScript takes it for something else',
        hint: 'Give it another name.',
      }
    : undefined;

/** A number must be the one that the author wrote: JSON and JavaScript hold 53 bits of an integer. */
function numberFault(value: number, path: Path, source: SourceMap): Fault | undefined {
  const hint = 'Write it in quotes where it is text, such as an id.';
  if (!Number.isFinite(value))
    return { code: 'LOOM_SCHEMA', message: 'is not a finite number, which JSON cannot hold', hint };
  if (Number.isSafeInteger(value) || !Number.isInteger(value)) return undefined;
  const range = source.valueRange(path);
  const written = range ? source.text.slice(range.start, range.end) : '';
  return /^[-+]?\d+$/.test(written) && BigInt(written) !== BigInt(value)
    ? { code: 'LOOM_SCHEMA', message: `${written} cannot be held exactly; it would become ${value}`, hint }
    : undefined;
}

/** Whether the path lies in the JSON Schema of a message; `depth` is how many steps it has below that. */
const inSchema = (path: Path): boolean => path[0] === 'messages' && path[2] === 'schema';

function patternFaultAt(path: Path, text: string): Fault | undefined {
  const isName = path[0] === 'design' && path[1] === 'naming' && path.length === 3;
  const isPattern =
    inSchema(path) && path.at(-1) === 'pattern' && !['properties', '$defs'].includes(String(path.at(-2)));
  return isName || isPattern ? patternProblem(text) : undefined;
}

const keyPatternFault = (path: Path, key: string): Fault | undefined =>
  inSchema(path) &&
  path.at(-1) === 'patternProperties' &&
  !['properties', '$defs'].includes(String(path.at(-2)))
    ? patternProblem(key)
    : undefined;

/** A convention is for the names of a section. */
function sectionFault(path: Path, key: string): Fault | undefined {
  if (path.length !== 2 || path[0] !== 'design' || path[1] !== 'naming') return undefined;
  if ((sections as readonly string[]).includes(key)) return undefined;
  const guess = nearest(key, sections);
  const hint = guess ? `Did you mean ${guess}?` : `Sections are ${sections.join(', ')}.`;
  return { code: 'LOOM_SCHEMA', message: 'is no section of a design', hint };
}

function patternProblem(pattern: string): Fault | undefined {
  const fault = patternFault(pattern);
  if (fault === undefined) return undefined;
  return {
    code: /exponential|too large|longer/.test(fault) ? 'LOOM_LIMIT' : 'LOOM_SCHEMA',
    message: `the pattern ${fault}`,
    hint: 'Write it so that each text can be matched in one way only, such as a+ for (a+)+.',
  };
}

/** A key as it can stand in a message. */
const printable = (text: string): string =>
  text.length > 60 || FORBIDDEN.test(text)
    ? JSON.stringify(text.slice(0, 60)).replace(/\p{Bidi_Control}/gu, '\ufffd')
    : text;
