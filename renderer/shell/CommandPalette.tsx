import '@mantine/spotlight/styles.css';
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconPoint, IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { addressOf, type ElementAddress } from '../../core/design/design.ts';
import { kinds, sections } from '../../core/kinds/registry.ts';
import { keyLabel } from '../actions/keys.ts';
import { actionEntries } from '../actions/registry.ts';
import { drawnSections } from '../canvas/scene.ts';
import { shapeIcons } from '../panels/palette/icons.ts';
import { useApp, useAppStore } from '../store/store.ts';

/** Finds elements and commands by name. */
export function CommandPalette() {
  const store = useAppStore();
  const jumping = useApp((state) => state.jumping);
  const design = useApp((state) => state.shown?.graph?.design);
  const scene = useApp((state) => state.shown?.scene);
  const entry = (address: ElementAddress, label: string, description: string, leftSection: ReactNode) => ({
    id: address,
    label,
    description,
    leftSection,
    onClick: () => store.getState().select([address], 'panel'),
  });
  const elements: SpotlightActionGroupData = {
    group: 'Elements',
    actions: [
      ...(scene?.nodes ?? []).map(({ address, id, shape, facts }) => {
        const Icon = shapeIcons[shape];
        return entry(address, id, facts, <Icon size={18} stroke={1.6} />);
      }),
      ...(design ? sections : [])
        .filter((section) => !drawnSections.has(section))
        .flatMap((section) =>
          [...(design?.[section].keys() ?? [])].map((id) =>
            entry(addressOf(section, id), id, kinds[section].title, <IconPoint size={18} stroke={1.6} />),
          ),
        ),
    ],
  };
  const commands: SpotlightActionGroupData = {
    group: 'Commands',
    actions: actionEntries
      .filter(([id, action]) => id !== 'view.commands' && id !== 'view.jump' && !action.unlisted)
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
      actions={jumping ? [elements] : [elements, commands]}
      shortcut={null}
      limit={12}
      nothingFound="Nothing is called that."
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: jumping ? 'Go to an element' : 'Search elements and commands',
      }}
      highlightQuery
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      scrollable
      maxHeight={420}
    />
  );
}
