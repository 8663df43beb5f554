import { canConnect } from '../../../core/commands/connect.ts';
import type { ElementAddress } from '../../../core/design/design.ts';
import { middleOf, nearestTowards, readingOrder } from '../../canvas/reading.ts';
import type { ConnectingSlice } from '../state/connecting.ts';
import type { Slice } from '../state.ts';

export const connectingSlice: Slice<ConnectingSlice> = (set, get) => {
  const aimAt = (to: ElementAddress | undefined): void =>
    set(({ aim, reveal }) => (aim && to ? { aim: { ...aim, to }, reveal: reveal + 1 } : {}));

  return {
    aim: undefined,
    startAiming: () => {
      const { selected, shown } = get();
      const [from] = selected;
      if (!shown?.graph || !from) return;
      const { graph, scene, positions } = shown;
      const order = readingOrder(scene, positions).filter((to) => to !== from);
      const valid = order.filter((to) => canConnect(graph, from, to).ok);
      const start = middleOf(from, scene, positions);
      const to = (start && nearestTowards(start, 'right', valid, scene, positions)) ?? valid[0];
      if (to) {
        set({ aim: { from, to, valid } });
        get().askFocus(from);
        aimAt(to);
        return;
      }
      const reasons = new Set(
        order
          .map((other) => canConnect(graph, from, other))
          .flatMap((verdict) => (verdict.ok ? [] : [verdict.reason])),
      );
      get().notify({
        tone: 'info',
        title: `There is nothing that ${from.split('/')[1]} can be connected to.`,
        detail: [...reasons].slice(0, 2).join(' ') || 'Add an element first.',
      });
    },
    aimTowards: (direction) => {
      const { aim, shown } = get();
      if (!aim || !shown) return;
      const start = middleOf(aim.to, shown.scene, shown.positions);
      aimAt(start && nearestTowards(start, direction, aim.valid, shown.scene, shown.positions));
    },
    aimNext: (step) => {
      const { aim, shown } = get();
      if (!aim || !shown) return;
      const order = readingOrder(shown.scene, shown.positions).filter((to) => to !== aim.from);
      aimAt(order.at((order.indexOf(aim.to) + step) % order.length));
    },
    connectAim: () => {
      const { aim } = get();
      if (!aim?.valid.includes(aim.to)) return;
      set({ aim: undefined });
      if (get().run('element.connect', { from: aim.from, to: aim.to })) get().askFocus(aim.from);
    },
    stopAiming: () => {
      const { aim } = get();
      set({ aim: undefined });
      if (aim) get().askFocus(aim.from);
    },
  };
};
