import { useApp, useAppStore } from '../store/store.ts';
import type { ActionDefinition } from './action.ts';
import { keyLabel } from './keys.ts';
import { type ActionId, actions } from './registry.ts';

/** An action for a button: its label, keys, whether it can run now, and the run itself. */
export function useAction(id: ActionId) {
  const store = useAppStore();
  const action: ActionDefinition = actions[id];
  const enabled = useApp((state) => action.enabled?.(state) ?? true);
  return {
    label: action.label,
    keys: action.keys?.[0] ? keyLabel(action.keys[0]) : '',
    enabled,
    run: () => {
      if (action.enabled?.(store.getState()) ?? true) action.run(store.getState());
    },
  };
}
