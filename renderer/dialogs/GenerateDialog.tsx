import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { ChangeList } from '../panels/generated/ChangeList.tsx';
import { Working } from '../panels/generated/Working.tsx';
import { useApp } from '../store/store.ts';
import styles from './Dialogs.module.css';

/** Choose a folder, see what would be written, write it. */
export function GenerateDialog() {
  const opened = useApp((state) => state.dialog === 'generate');
  const openDialog = useApp((state) => state.openDialog);
  const folder = useApp((state) => state.folder);
  const pickFolder = useApp((state) => state.pickFolder);
  return (
    <Modal opened={opened} onClose={() => openDialog(undefined)} title="Generate services" size={860}>
      <Stack gap={12}>
        <ErrorsFirst />
        <Group gap={10}>
          <Button
            variant={folder ? 'default' : 'filled'}
            data-autofocus={!folder || undefined}
            leftSection={<IconFolder size={15} />}
            onClick={() => void pickFolder()}
          >
            {folder ? 'Another folder…' : 'Choose a folder…'}
          </Button>
          <Text c="var(--dim)" ff={folder ? 'monospace' : 'text'} fz={12.5}>
            {folder?.name ?? 'Nothing is written before you have seen it.'}
          </Text>
        </Group>
        <Outcome />
        <Footer />
      </Stack>
    </Modal>
  );
}

function ErrorsFirst() {
  const errors = useApp(
    (state) => state.shown?.issues.filter((issue) => issue.severity === 'error').length ?? 0,
  );
  if (errors === 0) return null;
  return (
    <Alert color="orange" p="xs">
      The review has {errors === 1 ? 'one error' : `${errors} errors`}. What is generated has the same
      weakness.
    </Alert>
  );
}

function Outcome() {
  const generation = useApp((state) => state.generation);
  switch (generation.step) {
    case 'idle':
      return null;
    case 'working':
      return <Working {...generation} />;
    case 'problems':
      return (
        <Alert color="red" p="xs" title="Nothing was written">
          {generation.problems.map((problem) => (
            <Text key={`${problem.code} ${problem.message}`} fz={13}>
              {problem.line === undefined ? '' : `Line ${problem.line}: `}
              {problem.message} {problem.hint}
            </Text>
          ))}
        </Alert>
      );
    default:
      return (
        <div className={styles.changes}>
          <ChangeList changes={generation.changes} />
        </div>
      );
  }
}

const touched = (status: string): boolean => status !== 'unchanged' && status !== 'kept';

function Footer() {
  const generation = useApp((state) => state.generation);
  const write = useApp((state) => state.write);
  const preview = useApp((state) => state.preview);
  const folder = useApp((state) => state.folder);
  const openDialog = useApp((state) => state.openDialog);
  if (!('changes' in generation)) return null;
  const count = generation.changes.filter(({ status }) => touched(status)).length;
  const conflicts = generation.changes.filter(({ status }) => status === 'conflict').length;
  const done = generation.step === 'written';
  return (
    <Group justify="space-between">
      <Text c="var(--dim)" data-testid="generate-summary">
        {done ? 'Written: ' : ''}
        {generation.changes.length} files, {count} {done ? 'changed' : 'to change'}
        {conflicts > 0 &&
          `, ${conflicts} with your edits in the way: the new version is put beside them as .new`}
      </Text>
      <Group gap={8}>
        {!done && (
          <Button variant="default" disabled={!folder} onClick={() => void preview()}>
            Compare again
          </Button>
        )}
        <Button disabled={!folder} onClick={() => (done ? openDialog(undefined) : void write())}>
          {done ? 'Close' : `Write ${count} files`}
        </Button>
      </Group>
    </Group>
  );
}
