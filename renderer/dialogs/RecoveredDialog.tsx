import { Button, Group, Modal, Text } from '@mantine/core';
import { useApp } from '../store/store.ts';

/** Unsaved text was found after a crash: both versions are there until the user chose. */
export function RecoveredDialog() {
  const opened = useApp((state) => state.dialog === 'recovered');
  const recovered = useApp((state) => state.recovered);
  const name = useApp((state) => state.file?.name);
  const resolve = useApp((state) => state.resolveRecovered);
  return (
    <Modal
      opened={opened}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      title="Unsaved changes were found"
    >
      <Text mb={16}>
        {name} was edited
        {recovered ? ` on ${new Date(recovered.at).toLocaleString()}` : ''} and not saved. The file on disk is
        as it was.
      </Text>
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={() => void resolve('disk')}>
          Use the file on disk
        </Button>
        <Button onClick={() => void resolve('recovered')}>Restore my changes</Button>
      </Group>
    </Modal>
  );
}
