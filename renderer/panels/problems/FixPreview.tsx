import { structuredPatch } from 'diff';
import { useMemo } from 'react';
import type { Fix } from '../../../core/review/index.ts';
import { applyEdits } from '../../../core/text/compose.ts';
import { editText } from '../../../core/text/edit.ts';
import { useApp } from '../../store/store.ts';
import { DiffView } from '../generated/DiffView.tsx';

/** The lines that a fix changes. */
export function FixPreview({ fix }: { readonly fix: Fix }) {
  const loaded = useApp((state) => state.shown?.loaded);
  const lines = useMemo(() => {
    if (!loaded?.source) return [];
    const edits = editText(loaded.source, fix.patches());
    if (!edits.ok) return [];
    const after = applyEdits(loaded.text, edits.value);
    return structuredPatch('', '', loaded.text, after, '', '', { context: 2 }).hunks.flatMap(
      (hunk) => hunk.lines,
    );
  }, [loaded, fix]);
  return <DiffView lines={lines} />;
}
