import { Modal, ScrollArea } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useApp } from '../store/store.ts';
import styles from './Dialogs.module.css';

const Gallery = lazy(() => import('../start/Gallery.tsx'));

/** The gallery while a design is open. What is open stays as it is, unsaved edits in the journal. */
export function TemplatesDialog() {
  const opened = useApp((state) => state.dialog === 'templates');
  const openDialog = useApp((state) => state.openDialog);
  const close = () => openDialog(undefined);
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="New from template"
      size={1040}
      scrollAreaComponent={ScrollArea.Autosize}
    >
      <Suspense fallback={<div className={styles.room} />}>
        <Gallery onChosen={close} />
      </Suspense>
    </Modal>
  );
}
