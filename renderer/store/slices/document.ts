import { type ElementAddress, parseAddress } from '../../../core/design/design.ts';
import type { Graph } from '../../../core/design/graph.ts';
import { Session } from '../../../core/history/session.ts';
import type { Problem } from '../../../core/result.ts';
import { Reviewer } from '../../../core/review/index.ts';
import { type Positions, placeAll } from '../../canvas/positions.ts';
import { type Scene, sceneOf } from '../../canvas/scene.ts';
import { reviewed } from '../issues.ts';
import { onlyMoved } from '../moved.ts';
import type { DocumentSlice } from '../state/document.ts';
import type { Slice } from '../state.ts';

const EMPTY: Scene = { nodes: [], links: [], byAddress: new Map() };

export const documentSlice: Slice<DocumentSlice> = (set, get) => {
  let stopListening: (() => void) | undefined;
  let remembered: Positions = new Map();
  let reviewer = new Reviewer();
  let unfolded = false;

  const show = (): void => {
    const { session, unfoldRetries, shown, reviewOptions } = get();
    if (!session) return;
    const { lastValid } = session;
    const kept =
      unfolded === unfoldRetries && shown && onlyMoved(shown.loaded, session.loaded) ? shown : undefined;
    const graph = kept ? kept.graph : session.graph;
    const scene = kept ? kept.scene : graph ? sceneOf(graph, unfoldRetries) : EMPTY;
    unfolded = unfoldRetries;
    const positions = placeAll(scene, lastValid?.design.layout ?? new Map(), remembered);
    // What was deleted keeps its place, for the undo that brings it back.
    remembered = new Map([...remembered, ...positions]);
    set({
      shown: {
        text: session.text,
        loaded: session.loaded,
        valid: session.loaded.design !== undefined,
        lastValid: lastValid?.loaded,
        graph,
        scene,
        positions,
        ...(kept?.options === reviewOptions
          ? { issues: kept.issues, unknowns: kept.unknowns, report: kept.report, options: kept.options }
          : reviewed(session.loaded, graph, reviewer, reviewOptions)),
        canUndo: session.canUndo,
        canRedo: session.canRedo,
      },
    });
    get().textChanged(session.text);
    get().keepSelected((address) => scene.byAddress.has(address) || existsIn(graph, address));
  };

  const refuse = (problem: Problem): boolean => {
    get().notify({ tone: 'error', title: problem.message, detail: problem.hint });
    return false;
  };

  return {
    session: undefined,
    shown: undefined,
    arranging: false,
    load: (text) => {
      stopListening?.();
      remembered = new Map();
      reviewer = new Reviewer();
      set({ shown: undefined });
      const session = new Session(text);
      stopListening = session.onChange(show);
      set({ session, selected: new Set(), field: undefined });
      show();
      const { shown } = get();
      set({
        bottomOpen: (shown?.issues.length ?? 0) > 0,
        arranging: shown?.lastValid?.design?.layout.size === 0 && shown.scene.nodes.length > 0,
      });
    },
    reviewAgain: () => show(),
    run: (id, args) => {
      const result = get().session?.run(id, args);
      if (!result) return false;
      return result.ok || refuse(result.error);
    },
    applyPatches: (label, patches) => {
      const result = get().session?.applyPatches(label, patches);
      if (!result) return false;
      return result.ok || refuse(result.error);
    },
    asOneStep: (label, steps) => {
      const { session } = get();
      if (!session) return false;
      const mark = session.mark();
      const done = steps();
      if (done) session.squash(mark, label);
      else session.bail(mark);
      return done;
    },
    type: (edits) => get().session?.replaceText(edits, { coalesce: true }),
    edit: (label, edits) => get().session?.replaceText(edits, { coalesce: false, label }),
    replaceAll: (text) => {
      const { session } = get();
      session?.replaceText([{ offset: 0, removed: session.text, inserted: text }], { coalesce: false });
    },
    isThere: (address) => existsIn(get().session?.graph, address),
    undo: () => void get().session?.undo(),
    redo: () => void get().session?.redo(),
    resolveLayoutConflict: () => get().session?.resolveConflict(),
    revertToValid: () => {
      const { session } = get();
      while (session && session.design === undefined && session.canUndo) session.undo();
    },
    remember: (positions) => {
      remembered = new Map([...remembered, ...positions]);
      set({ arranging: false });
      show();
    },
    carryPlace: (from, to) => {
      const at = remembered.get(from);
      if (at) remembered = new Map([...remembered, [to, at]]);
    },
  };
};

function existsIn(graph: Graph | undefined, address: ElementAddress): boolean {
  const found = parseAddress(address);
  return found !== undefined && graph?.design[found.section].has(found.id) === true;
}
