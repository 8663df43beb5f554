import type { editor } from 'monaco-editor/editor/editor.api';
import { type ElementAddress, parseAddress } from '../../core/design/design.ts';
import type { Session } from '../../core/history/session.ts';
import { kinds } from '../../core/kinds/registry.ts';
import type { TextEdit } from '../../core/text/patch.ts';
import type { TextCommand } from '../store/state/view.ts';
import type { AppState } from '../store/state.ts';
import type { AppStore } from '../store/store.ts';
import { showMarkers } from './markers.ts';
import { monaco } from './monaco.ts';

const MIXED =
  'This file mixes line ends, which the editor cannot keep: edit it on the canvas or in the inspector, byte for byte.';

/**
 * Keeps an editor and the open document in step: typing becomes edits of the session, changes from elsewhere are applied
 * to the editor, and so is the selection, both ways. @returns A function that ends this.
 */
export function bindEditor(
  view: editor.IStandaloneCodeEditor,
  store: AppStore,
  note: (text: string | undefined) => void,
): () => void {
  let session: Session | undefined;
  let model: editor.ITextModel | undefined;
  let stopSession: (() => void) | undefined;
  /** Set while one side follows the other, so that the change is not sent back. */
  let following = false;
  /** Whether the cursor has moved in a text that the store does not follow yet. */
  let behind = false;
  const follow = (change: () => void): void => {
    following = true;
    change();
    following = false;
  };

  const showSession = (next: Session): void => {
    stopSession?.();
    const wasTyping = view.hasTextFocus();
    model?.dispose();
    session = next;
    model = monaco.editor.createModel(
      next.text,
      'yaml',
      monaco.Uri.parse('inmemory://design/open.loom.yaml'),
    );
    view.setModel(model);
    // It went with the former model.
    if (wasTyping) view.focus();
    showMarkers(model, store.getState().shown?.issues ?? []);
    const exact = model.getValue() === next.text;
    view.updateOptions({ readOnly: !exact || next.locked !== undefined });
    note(exact ? undefined : MIXED);
    stopSession = next.onChange((edits) => {
      if (following || !model) return;
      const target = model;
      if (exact) follow(() => applyTo(target, edits));
      // Line ends of another kind, such as another program writes, take a model of their own.
      if (target.getValue() === next.text) return;
      const state = view.saveViewState();
      showSession(next);
      view.restoreViewState(state);
    });
    model.onDidChangeContent(({ changes }) => {
      if (following || !session) return;
      const before = session.text;
      const edits = changes
        .map(({ rangeOffset, rangeLength, text }) => ({
          offset: rangeOffset,
          removed: before.slice(rangeOffset, rangeOffset + rangeLength),
          inserted: text,
        }))
        .sort((a, b) => a.offset - b.offset);
      follow(() => store.getState().type(edits));
    });
  };

  /** Selects the element that the cursor stands in. */
  const selectAtCursor = (): void => {
    const position = view.getPosition();
    const app = store.getState();
    // To look it up would read what is being typed at each key.
    behind = app.shown?.text !== app.session?.text;
    if (behind || !model || !position) return;
    const found = elementAt(app, model.getOffsetAt(position));
    if (found && !(app.selected.size === 1 && app.selected.has(found.address) && app.field === found.field))
      app.select([found.address], 'text', found.field);
  };

  const render = (app: AppState, before: AppState | undefined): void => {
    if (app.session && app.session !== session) showSession(app.session);
    if (model && app.shown !== before?.shown) showMarkers(model, app.shown?.issues ?? []);
    if (before && app.textRequest !== before.textRequest && app.textRequest)
      carryOut(view, app.textRequest.command);
    const asked = app.line !== before?.line && app.line;
    if (asked) follow(() => goTo(view, asked.line, asked.column));
    else if (app.selected !== before?.selected && app.selectionSource !== 'text') {
      behind = false;
      follow(() => showSelected(view, app));
    }
    if (behind && app.shown !== before?.shown) selectAtCursor();
  };

  render(store.getState(), undefined);
  const stopStore = store.subscribe(render);
  const cursor = view.onDidChangeCursorPosition(({ reason }) => {
    if (!following && reason !== monaco.editor.CursorChangeReason.ContentFlush) selectAtCursor();
  });
  return () => {
    stopStore();
    stopSession?.();
    cursor.dispose();
    model?.dispose();
  };
}

const commands = {
  definition: 'editor.action.revealDefinition',
  references: 'editor.action.goToReferences',
  rename: 'editor.action.rename',
  fix: 'editor.action.quickFix',
} as const satisfies Record<TextCommand, string>;

function carryOut(view: editor.IStandaloneCodeEditor, command: TextCommand): void {
  view.focus();
  view.trigger('brokerloom', commands[command], undefined);
}

function applyTo(model: editor.ITextModel, edits: readonly TextEdit[]): void {
  model.applyEdits(
    edits.map(({ offset, removed, inserted }) => ({
      range: monaco.Range.fromPositions(
        model.getPositionAt(offset),
        model.getPositionAt(offset + removed.length),
      ),
      text: inserted,
    })),
  );
}

function goTo(view: editor.IStandaloneCodeEditor, lineNumber: number, column: number): void {
  view.setPosition({ lineNumber, column });
  view.revealLineInCenterIfOutsideViewport(lineNumber);
}

function showSelected(view: editor.IStandaloneCodeEditor, app: AppState): void {
  const [address] = app.selected;
  const origin = address && app.shown?.graph?.origins.get(address);
  const parsed = address && parseAddress(origin?.address ?? address);
  if (!parsed || !app.shown?.valid) return;
  const at = app.shown.loaded.source?.locate([parsed.section, parsed.id]);
  if (at) goTo(view, at.line, at.column);
}

/** The element whose lines hold an offset, and the attribute. */
function elementAt(
  app: AppState,
  offset: number,
): { readonly address: ElementAddress; readonly field: string | undefined } | undefined {
  const { design, source } = app.session?.loaded ?? {};
  if (!design) return undefined;
  const [section, id, ...field] = source?.pathAt(offset) ?? [];
  if (id === undefined || !Object.hasOwn(kinds, String(section))) return undefined;
  return {
    address: `${section}/${id}` as ElementAddress,
    field: field.length > 0 ? field.join('.') : undefined,
  };
}
