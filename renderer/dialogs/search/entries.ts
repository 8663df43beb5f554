import { IconPoint } from '@tabler/icons-react';
import { addressOf, type ElementAddress } from '../../../core/design/design.ts';
import { drawnSections } from '../../../core/drawing/scene.ts';
import { kinds, sections } from '../../../core/kinds/registry.ts';
import { keyLabel } from '../../actions/keys.ts';
import { actionEntries } from '../../actions/registry.ts';
import { shapeIcons } from '../../panels/palette/icons.ts';
import type { AppStore } from '../../store/store.ts';
import type { Entry, EntryGroup } from './find.ts';

/** The elements of the open design: what is drawn, then what has no shape. */
export function elementsOf(store: AppStore): EntryGroup {
  const { shown } = store.getState();
  const design = shown?.graph?.design;
  const entry = (address: ElementAddress, label: string, about: string, Icon: Entry['Icon']): Entry => ({
    id: address,
    label,
    about,
    ...(Icon && { Icon }),
    run: () => store.getState().select([address], 'panel'),
  });
  return {
    title: 'Elements',
    entries: [
      ...(shown?.scene.nodes ?? []).map(({ address, id, shape, facts }) =>
        entry(address, id, facts, shapeIcons[shape]),
      ),
      ...(design ? sections : [])
        .filter((section) => !drawnSections.has(section))
        .flatMap((section) =>
          [...(design?.[section].keys() ?? [])].map((id) =>
            entry(addressOf(section, id), id, kinds[section].title, IconPoint),
          ),
        ),
    ],
  };
}

/** Every action that is of use by its name. */
export function commandsOf(store: AppStore): EntryGroup {
  const app = store.getState();
  return {
    title: 'Commands',
    entries: actionEntries
      .filter(([id, action]) => id !== 'view.commands' && id !== 'view.jump' && !action.unlisted)
      .map(([id, action]) => ({
        id,
        label: action.label,
        keywords: [action.group],
        ...(action.keys?.[0] && { keys: keyLabel(action.keys[0]) }),
        disabled: !(action.enabled?.(app) ?? true),
        run: () => action.run(store.getState()),
      })),
  };
}
