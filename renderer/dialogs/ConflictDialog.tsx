import { Button, Group, Modal, Text } from '@mantine/core';
import { useApp } from '../store/store.ts';

/** The file changed on disk while it was edited: nothing is written before the user chose. */
export function ConflictDialog() {
  const opened = useApp((state) => state.dialog === 'conflict');
  const conflict = useApp((state) => state.conflict);
  const name = useApp((state) => state.file?.name);
  const resolve = useApp((state) => state.resolveConflict);
  const saveAs = useApp((state) => state.saveAs);
  const openDialog = useApp((state) => state.openDialog);
  const deleted = conflict?.text === null;
  return (
    <Modal
      opened={opened}
      onClose={() => openDialog(undefined)}
      title={deleted ? 'The file was deleted' : 'The file changed on disk'}
    >
      <Text mb={16}>
        {deleted
          ? `${name} is no longer on disk. Your version is kept here.`
          : `Another program wrote ${name} after you opened it. Your version is kept here; nothing was overwritten.`}
      </Text>
      <Group justify="flex-end" gap={8}>
        {!deleted && (
          <Button variant="default" onClick={() => void resolve('disk')}>
            Take the version on disk
          </Button>
        )}
        <Button
          variant="default"
          onClick={() => {
            openDialog(undefined);
            void saveAs();
          }}
        >
          Save mine as…
        </Button>
        <Button onClick={() => void resolve('mine')}>
          {deleted ? 'Write it again' : 'Overwrite with mine'}
        </Button>
      </Group>
    </Modal>
  );
}
