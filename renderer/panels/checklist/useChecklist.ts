import { useDeferredValue, useMemo } from 'react';
import { type Checklist, checklistOf } from '../../../core/review/checklist/checklist.ts';
import { useApp } from '../../store/store.ts';

/** The checklist of the open design; of the last valid one while the text is none. It may follow typing with a delay. */
export function useChecklist(): Checklist | undefined {
  const shown = useDeferredValue(useApp((state) => state.shown));
  return useMemo(() => {
    const { report, loaded, graph, options } = shown ?? {};
    if (!report || !loaded?.design || !loaded.source || !graph) return undefined;
    const { design, source } = loaded;
    return checklistOf({ design, source, graph }, report, options);
  }, [shown]);
}
