import { useDeferredValue, useMemo } from 'react';
import { type Checklist, checklistOf } from '../../../core/review/checklist/checklist.ts';
import { useApp } from '../../store/store.ts';

type Shown = NonNullable<ReturnType<typeof useShown>>;

/** Worked out once for all who show it. */
const known = new WeakMap<Shown, Checklist>();

/** The checklist of the open design; of the last valid one while the text is none. It may follow typing with a delay. */
export function useChecklist(): Checklist | undefined {
  const shown = useShown();
  return useMemo(() => shown && (known.get(shown) ?? remember(shown)), [shown]);
}

function useShown() {
  return useDeferredValue(useApp((state) => state.shown));
}

function remember(shown: Shown): Checklist | undefined {
  const { report, loaded, graph, options } = shown;
  if (!report || !loaded?.design || !loaded.source || !graph) return undefined;
  const { design, source } = loaded;
  const checklist = checklistOf({ design, source, graph }, report, options);
  known.set(shown, checklist);
  return checklist;
}
