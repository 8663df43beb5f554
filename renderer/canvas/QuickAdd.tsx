import { Menu } from '@mantine/core';
import { addToDesign } from '../actions/add.ts';
import { shapeIcons } from '../panels/palette/icons.ts';
import { paletteItems } from '../panels/palette/items.ts';
import { useAppStore } from '../store/store.ts';
import type { QuickAddMenu } from './useQuickAdd.ts';

/** Adds what a connection leads to and connects it, as one step. */
export function QuickAdd({ menu, onClose }: { readonly menu: QuickAddMenu; readonly onClose: () => void }) {
  const store = useAppStore();
  const [left, top] = menu.pointer;
  return (
    <Menu opened onClose={onClose} position="bottom-start" withinPortal trapFocus width={168}>
      <Menu.Target>
        <span style={{ position: 'fixed', left, top, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Connect to a new</Menu.Label>
        {menu.shapes.map((shape) => {
          const item = paletteItems[shape];
          const Icon = shapeIcons[shape];
          return (
            <Menu.Item
              key={shape}
              leftSection={<Icon size={15} stroke={1.7} />}
              onClick={() => {
                const app = store.getState();
                app.asOneStep(`Add ${item.title.toLowerCase()}`, () => {
                  const to = addToDesign(app, item, menu.at);
                  return to !== undefined && app.run('element.connect', { from: menu.from, to });
                });
              }}
            >
              {item.title}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
