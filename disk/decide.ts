import type { Ownership } from './manifest.ts';
import { hashOf, type ManifestEntry } from './manifest.ts';
import { isCrlf, mergeLines, toCrlf, toLf } from './merge.ts';

/** A file as the generator would write it. */
export interface OutputFile {
  readonly content: string;
  readonly ownership: Ownership;
}

/** Text of a file; `null` when there is none; `opaque` when it is no text, so that it can only be left alone. */
export type OnDisk = { readonly text: string } | 'opaque' | null;

/** All that is known of one path before it is decided what happens to it. */
export interface Situation {
  readonly path: string;
  /** `undefined`: nothing in the design needs this file any more. */
  readonly fresh: OutputFile | undefined;
  readonly disk: OnDisk;
  readonly tracked: ManifestEntry | undefined;
  /** What the generator wrote when the user's edits began. */
  readonly base: string | undefined;
  /** What a conflict offered in `FILE.new`. */
  readonly offered: string | undefined;
  /** `FILE.new` as it is now. */
  readonly beside: OnDisk;
}

export type Status =
  /** Written where no file was. */
  | 'new'
  /** Replaced; the user had not touched it. */
  | 'changed'
  /** The user's edits and the generator's changes both. */
  | 'merged'
  /** They contradict: the file is left alone, the generator's version stands in `FILE.new`. */
  | 'conflict'
  /** No longer generated, and removed, as the user had not touched it. */
  | 'deleted'
  /** No longer generated or once written for the user, and left to the user. */
  | 'kept'
  | 'unchanged';

/** What happens to one file of the workspace. */
export interface FileChange {
  readonly path: string;
  readonly ownership: Ownership;
  readonly status: Status;
  /** Text on disk; missing when there is no file or it is no text. */
  readonly before?: string;
  /** Text after the plan is carried out; for a conflict, what `FILE.new` offers. Missing when there is no file. */
  readonly after?: string;
  /** Why, where the status alone does not say it; one sentence. */
  readonly reason?: string;
}

/** A change together with what the bookkeeping remembers afterwards. */
export interface Decision {
  readonly change: FileChange;
  readonly tracked: ManifestEntry | undefined;
  readonly base: string | undefined;
  readonly offered: string | undefined;
  /** What happens to `FILE.new`. */
  readonly beside: 'write' | 'delete' | 'leave';
}

/**
 * Decides about one file. No decision removes a line of the user: a file with edits is merged without conflict, or
 * left as it is.
 */
export function decide(situation: Situation): Decision {
  const { fresh } = situation;
  if (!fresh) return retire(situation);
  return fresh.ownership === 'yours' ? hand(situation, fresh) : renew(situation, fresh);
}

const textOf = (disk: OnDisk): string | undefined =>
  disk !== null && disk !== 'opaque' ? disk.text : undefined;

const before = (disk: OnDisk): { before: string } | undefined => {
  const text = textOf(disk);
  return text === undefined ? undefined : { before: text };
};

/** `FILE.new` goes away with its conflict, unless the user has written into it. */
function withdraw({ beside, offered }: Situation): 'delete' | 'leave' {
  const text = textOf(beside);
  return text !== undefined && offered !== undefined && toLf(text) === offered ? 'delete' : 'leave';
}

/** The element is gone. */
function retire(situation: Situation): Decision {
  const { path, disk, tracked } = situation;
  const text = textOf(disk);
  const untouched = text !== undefined && tracked?.sha256 === hashOf(text);
  const status: Status = disk === null ? 'unchanged' : untouched ? 'deleted' : 'kept';
  return {
    change: {
      path,
      ownership: tracked?.ownership ?? 'generated',
      status,
      ...before(disk),
      ...(status === 'kept'
        ? {
            ...(text === undefined ? {} : { after: text }),
            reason: 'nothing in the design needs it any more, but it has your edits',
          }
        : {}),
    },
    tracked: undefined,
    base: undefined,
    offered: undefined,
    beside: withdraw(situation),
  };
}

/** The user's own file: written once. */
function hand(situation: Situation, fresh: OutputFile): Decision {
  const { path, disk, tracked } = situation;
  const text = textOf(disk);
  const first = disk === null && !tracked;
  const change = (): Omit<FileChange, 'path' | 'ownership'> => {
    if (first) return { status: 'new', after: fresh.content };
    if (disk === null) return { status: 'kept', reason: 'it is yours, and you deleted it' };
    return { status: 'unchanged', ...before(disk), ...(text === undefined ? {} : { after: text }) };
  };
  // A crash may have come between the first writing and the manifest; then the file still has the generator's text.
  const ours = first || (!tracked && text !== undefined && toLf(text) === fresh.content);
  return {
    change: { path, ownership: 'yours', ...change() },
    tracked: tracked
      ? { ...tracked, ownership: 'yours' }
      : { ownership: 'yours', ...(ours ? { sha256: hashOf(fresh.content) } : {}) },
    base: undefined,
    offered: undefined,
    beside: withdraw(situation),
  };
}

/** A generated file: written, replaced or merged. */
function renew(situation: Situation, { content }: OutputFile): Decision {
  const { path, disk, tracked, offered, beside } = situation;
  const text = textOf(disk);
  const crlf = text !== undefined && isCrlf(text);
  const mine = crlf ? toLf(text) : text;
  // Deleting FILE.new is how the user says that the conflict is settled.
  const settled = offered !== undefined && beside === null;
  const untouched = mine !== undefined && tracked?.sha256 === hashOf(mine) ? mine : undefined;
  const base = settled ? offered : (situation.base ?? untouched);

  const write = (status: Status, after: string): Decision => ({
    change: { path, ownership: 'generated', status, ...before(disk), after: crlf ? toCrlf(after) : after },
    tracked: { ownership: 'generated', sha256: hashOf(content) },
    base: content,
    offered: undefined,
    beside: withdraw(situation),
  });
  if (disk === null) return write('new', content);
  if (mine !== undefined) {
    if (mine === content) return write('unchanged', mine);
    if (mine === base) return write('changed', content);
    if (base === content) return write('unchanged', mine);
    const merged = base === undefined ? undefined : mergeLines(mine, base, content);
    if (merged !== undefined) return write(merged === mine ? 'unchanged' : 'merged', merged);
  } else if (base === content) return { ...write('unchanged', ''), change: opaque(path) };
  return conflict(situation, content, base);
}

const opaque = (path: string): FileChange => ({
  path,
  ownership: 'generated',
  status: 'unchanged',
  reason: 'it is not text and is left alone',
});

function conflict(situation: Situation, content: string, base: string | undefined): Decision {
  const { path, disk, offered, beside } = situation;
  const lying = textOf(beside);
  const current = lying !== undefined ? toLf(lying) : undefined;
  // A FILE.new with other content is not ours, or has the user's half-done merge in it.
  const replaceable =
    beside === null || current === content || (current !== undefined && current === offered);
  return {
    change: {
      path,
      ownership: 'generated',
      status: 'conflict',
      ...before(disk),
      after: content,
      reason: replaceable
        ? `your edits and the new version change the same lines; take over what you need from ${path}.new, then delete that file`
        : `${path}.new has other content and is left alone; delete or rename it, then generate again`,
    },
    tracked: {
      ownership: 'generated',
      ...(base === undefined ? {} : { sha256: hashOf(base) }),
    },
    base,
    offered: replaceable ? content : offered,
    beside: replaceable && current !== content ? 'write' : 'leave',
  };
}
