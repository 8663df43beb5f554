import { createTwoFilesPatch } from 'diff';
import type { FileChange, WritePlan } from '../../disk/index.ts';
import type { Style } from '../io.ts';

/**
 * The plan as one unified diff that `patch` and `git apply` understand.
 * @param show Makes a line fit for where it is printed.
 */
export const planDiff = (plan: WritePlan, style: Style, show: (line: string) => string): string =>
  plan.changes
    .filter(({ before, after, status }) => status !== 'unchanged' && status !== 'kept' && before !== after)
    .map((change) => colored(fileDiff(change), style, show))
    .join('');

function fileDiff({ path, status, before, after }: FileChange): string {
  const offered = status === 'conflict';
  const from = before === undefined || offered ? '/dev/null' : `a/${path}`;
  const to = after === undefined ? '/dev/null' : `b/${path}${offered ? '.new' : ''}`;
  return createTwoFilesPatch(from, to, offered ? '' : (before ?? ''), after ?? '', undefined, undefined, {
    context: 3,
  }).replace(/^=+\n/, '');
}

function colored(patch: string, { green, red, cyan, bold }: Style, show: (line: string) => string): string {
  const color = (line: string): string => {
    if (line.startsWith('--- ') || line.startsWith('+++ ')) return bold(line);
    if (line.startsWith('@@')) return cyan(line);
    return line.startsWith('+') ? green(line) : line.startsWith('-') ? red(line) : line;
  };
  return patch
    .split('\n')
    .map((line) => color(show(line)))
    .join('\n');
}
