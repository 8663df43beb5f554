import { Menu } from '@mantine/core';
import { addToDesign } from '../actions/add.ts';
import { shapeIcons } from '../panels/palette/icons.ts';
import { type PaletteItem, paletteItems } from '../panels/palette/items.ts';
import { useAppStore } from '../store/store.ts';
import type { QuickAddMenu } from './useQuickAdd.ts';

/** Adds an element where the menu stands, and connects it to where a connection came from, as one step. */
export function QuickAdd({ menu, onClose }: { readonly menu: QuickAddMenu; readonly onClose: () => void }) {
  const store = useAppStore();
  const { from, at, shapes } = menu;
  const [left, top] = menu.pointer;
  const add = (item: PaletteItem): void => {
    const app = store.getState();
    const done = app.asOneStep(`Add ${item.title.toLowerCase()}`, () => {
      const to = addToDesign(app, item, at);
      return to !== undefined && (from === undefined || app.run('element.connect', { from, to }));
    });
    if (done) app.askFocus([...store.getState().selected][0]);
  };
  return (
    <Menu
      opened
      onClose={onClose}
      position="bottom-start"
      withinPortal
      trapFocus
      returnFocus={false}
      width={168}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <span style={{ position: 'fixed', left, top, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{from === undefined ? 'Add' : 'Connect to a new'}</Menu.Label>
        {shapes.map((shape) => {
          const item = paletteItems[shape];
          const Icon = shapeIcons[shape];
          return (
            <Menu.Item key={shape} leftSection={<Icon size={15} stroke={1.7} />} onClick={() => add(item)}>
              {item.title}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
