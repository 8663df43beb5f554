import pc from 'picocolors';
import { redacted } from '../core/redact.ts';
import type { Problem } from '../core/result.ts';
import { type Exit, exit } from './exit.ts';

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly debug?: boolean;
}

export type Style = ReturnType<typeof pc.createColors>;

/** A problem and the file it is in. */
export type Located = Problem & { readonly file?: string };

/** Where a command writes: results to standard output, everything about the run to standard error. */
export class Io {
  readonly json: boolean;
  readonly style: Style;
  readonly #quiet: boolean;

  constructor(options: CommonOptions) {
    this.json = options.json ?? false;
    this.#quiet = options.quiet ?? false;
    this.style = pc.createColors(options.color && wantsColor(process.env, process.stdout.isTTY));
  }

  /** The result of the command. */
  result(text: string): void {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  /** The result of the command in parts, so that it need not be in memory as a whole. */
  stream(parts: Iterable<string>): void {
    for (const part of parts) process.stdout.write(part);
  }

  /** A line of someone's file: as it is for a program, harmless for a terminal. */
  readonly show = (line: string): string => (process.stdout.isTTY ? visible(line) : line);

  /** The result for programs: one JSON document. */
  document(value: unknown): void {
    this.result(JSON.stringify(value, undefined, 2));
  }

  /** What a person may like to know; not said with `--quiet` or `--json`. */
  note(text: string): void {
    if (!this.#quiet && !this.json) process.stderr.write(`${text}\n`);
  }

  /** Reports what kept the command from its work. */
  fail(problems: readonly Located[]): Exit {
    for (const problem of problems) process.stderr.write(`${problemText(problem)}\n`);
    if (this.json) this.document({ problems: problems.map(problemValue) });
    return exit.failed;
  }
}

function wantsColor(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  return Boolean(env['FORCE_COLOR']) || (isTerminal && env['TERM'] !== 'dumb');
}

/** `LOOM_CODE file:line:column message`, and the hint on a line of its own. */
export function problemText({ code, file, at, message, hint }: Located): string {
  const place = [file, at?.line, at?.column].filter((part) => part !== undefined).join(':');
  const lines = [[code, place, message].filter(Boolean).join(' '), ...(hint ? [`  ${hint}`] : [])];
  return lines.map((line) => visible(redacted(line.replace(/\s*[\r\n]+\s*/g, ' ')))).join('\n');
}

const problemValue = ({ code, file, at, message, hint, element }: Located) => ({
  code,
  file,
  line: at?.line,
  column: at?.column,
  element,
  message: redacted(message),
  hint,
});

/**
 * Text from a file or from the command line for a terminal: control characters, which could move the cursor or retitle
 * the window, are shown as pictures of the same width. Line breaks and tabs stay.
 */
export const visible = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });

/** A copy of a value in which every text is {@link visible}. */
export function visibleIn<T>(value: T): T {
  if (typeof value === 'string') return visible(value) as T;
  if (Array.isArray(value)) return value.map(visibleIn) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visibleIn(item)])) as T;
}
