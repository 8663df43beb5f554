import '@mantine/spotlight/styles.css';
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { keyLabel } from '../actions/keys.ts';
import { actionEntries } from '../actions/registry.ts';
import { shapeIcons } from '../panels/palette/icons.ts';
import { useApp, useAppStore } from '../store/store.ts';

/** Finds elements and commands by name. */
export function CommandPalette() {
  const store = useAppStore();
  const scene = useApp((state) => state.shown?.scene);
  const elements: SpotlightActionGroupData = {
    group: 'Elements',
    actions: (scene?.nodes ?? []).map(({ address, id, shape, facts }) => {
      const Icon = shapeIcons[shape];
      return {
        id: address,
        label: id,
        description: facts,
        leftSection: <Icon size={18} stroke={1.6} />,
        onClick: () => store.getState().select([address], 'panel'),
      };
    }),
  };
  const commands: SpotlightActionGroupData = {
    group: 'Commands',
    actions: actionEntries
      .filter(([id, action]) => id !== 'view.commands' && !action.unlisted)
      .map(([id, action]) => ({
        id,
        label: action.label,
        keywords: [action.group],
        rightSection: action.keys?.[0] && keyLabel(action.keys[0]),
        onClick: () => {
          if (action.enabled?.(store.getState()) ?? true) action.run(store.getState());
        },
      })),
  };
  return (
    <Spotlight
      actions={[elements, commands]}
      shortcut={null}
      limit={12}
      nothingFound="Nothing is called that."
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: 'Search elements and commands' }}
      highlightQuery
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      scrollable
      maxHeight={420}
    />
  );
}
