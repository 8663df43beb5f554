import type { IconProps } from '@tabler/icons-react';
import type { ComponentType } from 'react';

/** Something that a search can find and carry out. */
export interface Entry {
  readonly id: string;
  readonly label: string;
  /** What is said about it, in which is searched too. */
  readonly about?: string;
  /** Words that find it and are not shown. */
  readonly keywords?: readonly string[];
  readonly Icon?: ComponentType<IconProps>;
  /** Key that does the same. */
  readonly keys?: string;
  /** It can do nothing at the moment. */
  readonly disabled?: boolean;
  readonly run: () => void;
}

export interface EntryGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** What a search has found in a group: the best entries, and how many more there are. */
export interface Found extends EntryGroup {
  readonly more: number;
}

/** How well an entry answers: its name is that, begins so, has it in it, or what is said about it has. */
function rank({ label, about = '', keywords = [] }: Entry, query: string): number {
  const name = label.toLowerCase();
  if (name === query) return 0;
  if (name.startsWith(query)) return 1;
  if (name.includes(query)) return 2;
  return [about, ...keywords].some((text) => text.toLowerCase().includes(query)) ? 3 : Number.NaN;
}

/**
 * The entries that a search finds, the best first in each group, so that an element is not hidden by those named after
 * it; what can do nothing at the moment comes last. Groups without any are left out.
 * @param most Entries of a group that are given.
 */
export function find(typed: string, groups: readonly EntryGroup[], most: number): readonly Found[] {
  const query = typed.trim().toLowerCase();
  return groups.flatMap(({ title, entries }) => {
    const found = entries
      .map((entry) => ({ entry, by: rank(entry, query) + (entry.disabled ? 10 : 0) }))
      .filter(({ by }) => !Number.isNaN(by))
      .sort((a, b) => a.by - b.by)
      .map(({ entry }) => entry);
    return found.length > 0
      ? [{ title, entries: found.slice(0, most), more: Math.max(0, found.length - most) }]
      : [];
  });
}
