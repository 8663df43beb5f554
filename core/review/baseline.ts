import { baselineFile } from '../contract/baseline.ts';
import { fail, ok, type Problem, type Result } from '../result.ts';
import { positionAt } from '../text/position.ts';
import type { Known } from './known.ts';

/** Known findings by file, relative to the folder of the baseline. */
export type Baseline = ReadonlyMap<string, Known>;

/** The text of a baseline, in an order of its own, so that it merges by line. */
export function baselineText(baseline: Baseline): string {
  const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
    [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const files = sorted(baseline)
    .filter(([, known]) => known.size > 0)
    .map(([file, known]) => [file, Object.fromEntries(sorted(known))]);
  return `${JSON.stringify({ version: 1, files: Object.fromEntries(files) }, undefined, 2)}\n`;
}

export function readBaseline(text: string): Result<Baseline, Problem> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const offset = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0);
    return fail({
      code: 'LOOM_SYNTAX',
      message: 'This is not JSON.',
      at: positionAt(text, offset),
      hint: REMAKE,
    });
  }
  const parsed = baselineFile().safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') || 'The file';
    return fail({ code: 'LOOM_SCHEMA', message: `${where}: ${issue?.message}`, hint: REMAKE });
  }
  return ok(
    new Map(Object.entries(parsed.data.files).map(([file, known]) => [file, new Map(Object.entries(known))])),
  );
}

const REMAKE = 'Write it anew with --update-baseline.';
