import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import type { Point } from '../../core/design/design.ts';
import { copiedText, pasteText } from '../actions/clipboard.ts';
import { useAppStore } from '../store/store.ts';

/** Whether an event belongs to a text that is edited, or to a dialog. */
const isElsewhere = ({ target }: Event): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, [contenteditable="true"], .monaco-editor, [role="dialog"]') !==
    null;

/** Text that is marked outside fields, which people want to copy as it is. */
const isTextSelected = (): boolean => (document.getSelection()?.toString() ?? '') !== '';

/** Cut, copy and paste of elements by the clipboard of the system, so between windows and into the text as well. */
export function useClipboard(pointer: RefObject<Point | undefined>): void {
  const store = useAppStore();
  const flow = useReactFlow();
  useEffect(() => {
    const copy = (event: ClipboardEvent): boolean => {
      if (isElsewhere(event) || isTextSelected() || store.getState().selected.size === 0) return false;
      const text = copiedText(store.getState());
      if (text === undefined) return false;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', text);
      return true;
    };
    const cut = (event: ClipboardEvent): void => {
      if (store.getState().shown?.valid && copy(event)) store.getState().deleteSelected();
    };
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (isElsewhere(event) || !store.getState().shown?.valid || text.trim() === '') return;
      event.preventDefault();
      const [x, y] = pointer.current ?? [];
      const at = x === undefined || y === undefined ? undefined : flow.screenToFlowPosition({ x, y });
      if (pasteText(store.getState(), text, at && [at.x, at.y])) return;
      store.getState().notify({
        tone: 'info',
        title: 'The clipboard holds no elements.',
        detail: 'What is pasted here is a design or part of one, as copying elements makes it.',
      });
    };
    document.addEventListener('copy', copy);
    document.addEventListener('cut', cut);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', cut);
      document.removeEventListener('paste', paste);
    };
  }, [store, flow, pointer]);
}
