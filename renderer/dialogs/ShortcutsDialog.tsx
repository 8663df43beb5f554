import { Kbd, Modal, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { useApp } from '../store/store.ts';
import styles from './Dialogs.module.css';
import { shortcuts } from './shortcuts.ts';

/** All keys, and a search among them. */
export function ShortcutsDialog() {
  const opened = useApp((state) => state.dialog === 'shortcuts');
  const openDialog = useApp((state) => state.openDialog);
  return (
    <Modal opened={opened} onClose={() => openDialog(undefined)} title="Keyboard shortcuts" size={680}>
      <Sheet />
    </Modal>
  );
}

function Sheet() {
  const [query, setQuery] = useState('');
  const found = shortcuts(query);
  return (
    <>
      <TextInput
        className={styles.search}
        data-autofocus
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        placeholder="Search by what it does or by its keys"
        aria-label="Search shortcuts"
        leftSection={<IconSearch size={15} />}
      />
      <div className={styles.keys}>
        {found.length === 0 && <p role="status">No shortcut does that. Ctrl K searches all commands.</p>}
        {found.map(({ group, lines }) => (
          <Fragment key={group}>
            <h3>{group}</h3>
            {lines.map(({ label, keys }) => (
              <div key={label} className={styles.key}>
                <span>{label}</span>
                <span>
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </span>
              </div>
            ))}
          </Fragment>
        ))}
      </div>
    </>
  );
}
