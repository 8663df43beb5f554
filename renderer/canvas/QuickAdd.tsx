import { Menu } from '@mantine/core';
import { type ElementAddress, parseAddress } from '../../core/design/design.ts';
import type { BrokerKind } from '../../core/kinds/brokers.ts';
import { addToDesign } from '../actions/add.ts';
import { shapeIcons } from '../panels/palette/icons.ts';
import { type PaletteItem, paletteItems } from '../panels/palette/items.ts';
import type { AppState } from '../store/state.ts';
import { useAppStore } from '../store/store.ts';
import { MENU_WIDTH, type QuickAddMenu } from './useQuickAdd.ts';

const hasBroker = (app: AppState, kind: BrokerKind): boolean =>
  [...(app.shown?.graph?.design.brokers.values() ?? [])].some((broker) => broker.kind === kind);

/** A channel stands on the broker of the exchange that leads to it; a queue of a topic on SQS. */
function onBrokerOf(app: AppState, from: ElementAddress | undefined, item: PaletteItem): PaletteItem {
  const graph = app.shown?.graph;
  const source = from && graph?.channel(parseAddress(from)?.id);
  if (!graph || !source || !from?.startsWith(`${source.section}/`) || item.section === 'consumers')
    return item;
  if (source.section !== 'topics') return { ...item, value: { broker: source.value.broker, ...item.value } };
  const sqs = [...graph.design.brokers].find(([, { kind }]) => kind === 'sqs')?.[0];
  return sqs === undefined ? item : { ...item, value: { broker: sqs, ...item.value } };
}

/** Adds an element where the menu stands, and connects it to where a connection came from, as one step. */
export function QuickAdd({ menu, onClose }: { readonly menu: QuickAddMenu; readonly onClose: () => void }) {
  const store = useAppStore();
  const { from, at, shapes } = menu;
  const [left, top] = menu.pointer;
  const title = from === undefined ? 'Add' : 'Connect to a new';
  const add = (item: PaletteItem): void => {
    const app = store.getState();
    const done = app.asOneStep(`Add ${item.title.toLowerCase()}`, () => {
      if (from?.startsWith('topics/') && !hasBroker(app, 'sqs'))
        app.run('element.add', { section: 'brokers', id: 'sqs', value: { kind: 'sqs' } });
      const to = addToDesign(app, onBrokerOf(store.getState(), from, item), at);
      return to !== undefined && (from === undefined || app.run('element.connect', { from, to }));
    });
    if (!done) return;
    const { selected } = store.getState();
    if (menu.byKey) app.select(selected, 'keys');
    app.askFocus([...selected][0]);
  };
  return (
    <Menu
      opened
      onClose={onClose}
      position="bottom-start"
      withinPortal={false}
      trapFocus
      returnFocus={false}
      width={MENU_WIDTH}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={title}
          style={{ position: 'absolute', left, top, width: 1, height: 1, padding: 0, border: 0, opacity: 0 }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{title}</Menu.Label>
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
