import { Kbd, Modal } from '@mantine/core';
import { Fragment } from 'react';
import { keyLabel } from '../actions/keys.ts';
import { actionEntries } from '../actions/registry.ts';
import { useApp } from '../store/store.ts';
import styles from './Dialogs.module.css';

const groups = ['File', 'Edit', 'View', 'Problems', 'Design'] as const;

/** All keys, read from the actions themselves. */
export function ShortcutsDialog() {
  const opened = useApp((state) => state.dialog === 'shortcuts');
  const openDialog = useApp((state) => state.openDialog);
  return (
    <Modal opened={opened} onClose={() => openDialog(undefined)} title="Keyboard shortcuts" size={640}>
      <div className={styles.keys}>
        {groups.map((group) => (
          <Fragment key={group}>
            <h3>{group}</h3>
            {actionEntries
              .filter(([, action]) => action.group === group && action.keys)
              .map(([id, action]) => (
                <div key={id} className={styles.key}>
                  <span>{action.label}</span>
                  <Kbd>{keyLabel(action.keys?.[0] ?? '')}</Kbd>
                </div>
              ))}
          </Fragment>
        ))}
      </div>
    </Modal>
  );
}
