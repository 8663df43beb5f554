import { structuredPatch } from 'diff';
import { useMemo } from 'react';
import type { Fix } from '../../../core/review/index.ts';
import { applyEdits } from '../../../core/text/compose.ts';
import { editText } from '../../../core/text/edit.ts';
import { useApp } from '../../store/store.ts';
import { DiffView } from '../generated/DiffView.tsx';

/** Lines of a unified diff of two texts. */
export const changedLines = (before: string, after: string): readonly string[] =>
  structuredPatch('', '', before, after, '', '', { context: 2 }).hunks.flatMap(({ lines }, index) =>
    index === 0 ? lines : [' ⋯', ...lines],
  );

/** The lines that a fix changes. */
export function FixPreview({ fix }: { readonly fix: Fix }) {
  const loaded = useApp((state) => state.shown?.loaded);
  const lines = useMemo(() => {
    if (!loaded?.source) return [];
    const edits = editText(loaded.source, fix.patches());
    if (!edits.ok) return [];
    return changedLines(loaded.text, applyEdits(loaded.text, edits.value));
  }, [loaded, fix]);
  return <DiffView lines={lines} />;
}
