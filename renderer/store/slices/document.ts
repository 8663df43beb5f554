import { type ElementAddress, parseAddress } from '../../../core/design/design.ts';
import type { Graph } from '../../../core/design/graph.ts';
import { type Positions, placeAll } from '../../../core/drawing/positions.ts';
import { type Scene, sceneOf } from '../../../core/drawing/scene.ts';
import { equal } from '../../../core/equal.ts';
import { Session } from '../../../core/history/session.ts';
import type { Problem } from '../../../core/result.ts';
import { Reviewer } from '../../../core/review/index.ts';
import { editBetween } from '../../../core/text/compose.ts';
import { whenIdle } from '../idle.ts';
import { reviewed } from '../issues.ts';
import { onlyMoved } from '../moved.ts';
import type { DocumentSlice } from '../state/document.ts';
import type { Slice } from '../state.ts';

const EMPTY: Scene = { nodes: [], links: [], byAddress: new Map() };

/**
 * From this number of shapes on, the drawing comes before the first review, which takes as long again, and the views follow
 * the text once typing pauses, since each time takes longer than the next key.
 */
const LARGE = 800;

/** How long typing pauses then, in ms: as long as it took to follow the last time, within these bounds. */
const PAUSE = { least: 250, most: 1000 };

export const documentSlice: Slice<DocumentSlice> = (set, get) => {
  let stopListening: (() => void) | undefined;
  let remembered: Positions = new Map();
  let reviewer = new Reviewer();
  let preparing: ReturnType<Reviewer['prepare']> | undefined;
  let unfolded = false;
  let typing = false;
  let following: ReturnType<typeof setTimeout> | undefined;
  let pause = PAUSE.least;

  /** Reviews the document where that is needed, but for a large one that is to be seen first. */
  const show = (first = false): void => {
    clearTimeout(following);
    following = undefined;
    const { session, unfoldRetries, shown, reviewOptions } = get();
    if (!session) return;
    const { lastValid } = session;
    const kept =
      unfolded === unfoldRetries && shown && onlyMoved(shown.loaded, session.loaded) ? shown : undefined;
    const graph = kept ? kept.graph : session.graph;
    // What is drawn as before stays the same object, of which nothing is worked out again.
    const scene = kept
      ? kept.scene
      : same(shown?.scene, graph ? sceneOf(graph, unfoldRetries, lastValid?.design.layout) : EMPTY);
    unfolded = unfoldRetries;
    const positions = same(
      shown?.positions,
      placeAll(scene, lastValid?.design.layout ?? new Map(), remembered),
    );
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
        ...(first && session.design && scene.nodes.length >= LARGE
          ? { issues: [], unknowns: [], report: undefined, options: reviewOptions, awaited: true }
          : kept?.options === reviewOptions && !kept.awaited
            ? { issues: kept.issues, unknowns: kept.unknowns, report: kept.report, options: kept.options }
            : reviewed(session.loaded, graph, reviewer, reviewOptions)),
        canUndo: session.canUndo,
        canRedo: session.canRedo,
        history: session.entries,
        step: session.current,
      },
    });
    get().textChanged(session.text);
    get().keepSelected((address) => scene.byAddress.has(address) || existsIn(graph, address));
  };

  /** Shows a change of the text, at once but for what is typed into a large document. */
  const follow = (): void => {
    const { session, shown } = get();
    if (session && typing && shown && shown.scene.nodes.length >= LARGE) {
      get().textChanged(session.text);
      clearTimeout(following);
      following = setTimeout(catchUp, pause);
    } else show();
  };

  const catchUp = (): void => {
    const begin = performance.now();
    show();
    // Once the page has drawn it.
    setTimeout(() => {
      pause = Math.min(PAUSE.most, Math.max(PAUSE.least, performance.now() - begin));
    });
  };

  /** Reviews the document that has just been opened, unless something else has it reviewed earlier. */
  const reviewWhenIdle = async (): Promise<void> => {
    const { session, reviewOptions } = get();
    const { design, source, notices } = session?.loaded ?? {};
    const graph = session?.graph;
    if (!design || !source || !notices || !graph) return;
    preparing = reviewer.prepare({ design, source, notices, graph }, reviewOptions);
    await whenIdle(preparing);
    if (get().session === session) get().reviewNow();
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
      preparing?.return(undefined);
      clearTimeout(following);
      remembered = new Map();
      reviewer = new Reviewer();
      set({ shown: undefined });
      get().forgetGenerated();
      const session = new Session(text);
      stopListening = session.onChange(follow);
      set({ session, selected: new Set(), field: undefined });
      show(true);
      const { shown } = get();
      set({
        bottomOpen: shown?.awaited === true || (shown?.issues.length ?? 0) > 0,
        arranging: shown?.lastValid?.design?.layout.size === 0 && shown.scene.nodes.length > 0,
      });
      if (shown?.awaited) void reviewWhenIdle();
    },
    reviewAgain: () => show(),
    reviewNow: () => {
      if (get().shown?.awaited || following !== undefined) show();
      return get().shown?.issues ?? [];
    },
    attempt: (id, args) => {
      const result = get().session?.run(id, args);
      return result && !result.ok ? result.error : undefined;
    },
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
    type: (edits) => {
      typing = true;
      get().session?.replaceText(edits, { coalesce: true });
      typing = false;
    },
    edit: (label, edits) => get().session?.replaceText(edits, { coalesce: false, label, origin: 'command' }),
    takeText: (label, text) => {
      const { session } = get();
      session?.replaceText(editBetween(session.text, text), { coalesce: false, label, origin: 'disk' });
    },
    isThere: (address) => existsIn(get().session?.graph, address),
    undo: () => void get().session?.undo(),
    redo: () => void get().session?.redo(),
    goToStep: (id) => get().glide(() => get().session?.goTo(id)),
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

/** The value of before, where the next one says the same. */
const same = <T>(before: T | undefined, next: T): T =>
  before !== undefined && equal(before, next) ? before : next;

function existsIn(graph: Graph | undefined, address: ElementAddress): boolean {
  const found = parseAddress(address);
  return found !== undefined && graph?.design[found.section].has(found.id) === true;
}
