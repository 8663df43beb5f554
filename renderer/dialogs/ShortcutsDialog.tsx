import { Kbd, Modal } from '@mantine/core';
import { Fragment } from 'react';
import type { ActionDefinition } from '../actions/action.ts';
import { keyLabel } from '../actions/keys.ts';
import { actionEntries } from '../actions/registry.ts';
import { useApp } from '../store/store.ts';
import styles from './Dialogs.module.css';

const groups = {
  File: true,
  Edit: true,
  Connect: true,
  Arrange: true,
  View: true,
  Problems: true,
  Design: true,
} as const satisfies Record<ActionDefinition['group'], true>;

/** Actions that are called the same share a line with all their keys, a modifier said once. */
function linesOf(group: ActionDefinition['group']): ReadonlyMap<string, ReadonlySet<string>> {
  const lines = new Map<string, Set<string>>();
  for (const [, { group: of, keys, label, row }] of actionEntries) {
    if (of !== group || !keys?.[0]) continue;
    const parts = row === undefined ? [keyLabel(keys[0])] : keyLabel(keys[0]).split(' ');
    const line = row ?? label;
    lines.set(line, new Set([...(lines.get(line) ?? []), ...parts]));
  }
  return lines;
}

/** All keys, read from the actions themselves. */
export function ShortcutsDialog() {
  const opened = useApp((state) => state.dialog === 'shortcuts');
  const openDialog = useApp((state) => state.openDialog);
  return (
    <Modal opened={opened} onClose={() => openDialog(undefined)} title="Keyboard shortcuts" size={640}>
      <div className={styles.keys}>
        {(Object.keys(groups) as (keyof typeof groups)[]).map((group) => (
          <Fragment key={group}>
            <h3>{group}</h3>
            {[...linesOf(group)].map(([label, keys]) => (
              <div key={label} className={styles.key}>
                <span>{label}</span>
                <span>
                  {[...keys].map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </span>
              </div>
            ))}
          </Fragment>
        ))}
      </div>
    </Modal>
  );
}
