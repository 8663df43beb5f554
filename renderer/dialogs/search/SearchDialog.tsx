import { Modal } from '@mantine/core';
import { useMemo } from 'react';
import { useApp, useAppStore } from '../../store/store.ts';
import { commandsOf, elementsOf } from './entries.ts';
import { SearchBox } from './SearchBox.tsx';

const dialogs = {
  commands: { label: 'Search elements and commands', groups: [elementsOf, commandsOf] },
  elements: { label: 'Go to an element', groups: [elementsOf] },
} as const;

/** Finds elements and commands, or elements alone, by name. */
export function SearchDialog({ dialog }: { readonly dialog: keyof typeof dialogs }) {
  const opened = useApp((state) => state.dialog === dialog);
  const openDialog = useApp((state) => state.openDialog);
  return (
    <Modal.Root
      opened={opened}
      onClose={() => openDialog(undefined)}
      size={600}
      yOffset={80}
      padding={0}
      radius="md"
      // Here at once: who knows what to search for types on without looking.
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label={dialogs[dialog].label}>
        <Search dialog={dialog} />
      </Modal.Content>
    </Modal.Root>
  );
}

function Search({ dialog }: { readonly dialog: keyof typeof dialogs }) {
  const store = useAppStore();
  const shown = useApp((state) => state.shown);
  const { label, groups } = dialogs[dialog];
  // biome-ignore lint/correctness/useExhaustiveDependencies: what can be found changes with what is shown
  const found = useMemo(() => groups.map((group) => group(store)), [groups, store, shown]);
  return (
    <SearchBox
      label={label}
      groups={found}
      onChosen={({ run }) => {
        store.getState().openDialog(undefined);
        run();
      }}
    />
  );
}
