import type { ActionDefinition } from '../actions/action.ts';
import { keyLabel } from '../actions/keys.ts';
import { actionEntries } from '../actions/registry.ts';

export type Group = ActionDefinition['group'] | 'Mouse';

const groups = {
  File: true,
  Edit: true,
  Connect: true,
  Arrange: true,
  View: true,
  Problems: true,
  Design: true,
  Mouse: true,
} as const satisfies Record<Group, true>;

/** One thing that can be done, and what does it. */
export interface Line {
  readonly label: string;
  /** All keys that are shown; those of a group of actions say a modifier once. */
  readonly keys: readonly string[];
}

/** What the mouse does on the canvas; no action stands behind it, so it is written down here. */
const mouse: readonly Line[] = [
  { label: 'Scroll', keys: ['wheel'] },
  { label: 'Zoom', keys: [keyLabel('mod'), 'wheel'] },
  { label: 'Move the canvas', keys: ['Space', 'drag'] },
  { label: 'Select several', keys: ['drag'] },
  { label: 'Add to the selection', keys: ['Shift', 'click'] },
  { label: 'Place freely, off the guides', keys: [keyLabel('mod'), 'drag'] },
  { label: 'Edit a name or a note', keys: ['double click'] },
];

/**
 * Everything that can be done by a key, by group, read from the actions themselves.
 * @param query Words that label, group or keys must hold.
 */
export function shortcuts(
  query: string,
): readonly { readonly group: Group; readonly lines: readonly Line[] }[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return (Object.keys(groups) as Group[]).flatMap((group) => {
    const lines = (group === 'Mouse' ? mouse : linesOf(group)).filter(({ label, keys }) => {
      const about = `${label} ${group} ${keys.join(' ')}`.toLowerCase();
      return words.every((word) => about.includes(word));
    });
    return lines.length > 0 ? [{ group, lines }] : [];
  });
}

/** Actions that are called the same share a line with all their keys, a modifier said once. */
function linesOf(group: ActionDefinition['group']): readonly Line[] {
  const lines = new Map<string, Set<string>>();
  for (const [, { group: of, keys, label, row }] of actionEntries) {
    if (of !== group || !keys?.[0]) continue;
    const parts = row === undefined ? [keyLabel(keys[0])] : keyLabel(keys[0]).split(' ');
    const line = row ?? label;
    lines.set(line, new Set([...(lines.get(line) ?? []), ...parts]));
  }
  return [...lines].map(([label, keys]) => ({ label, keys: [...keys] }));
}
