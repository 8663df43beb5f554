import { getViewportForBounds, useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import type { ElementAddress } from '../../core/design/design.ts';
import { type Box, boxAround, boxAt, contains } from '../../core/drawing/geometry.ts';
import type { AppState } from '../store/state.ts';
import { useApp, useAppStore } from '../store/store.ts';
import { useRequest } from '../store/useRequest.ts';
import { drawnBox, viewOf } from './view.ts';

const DURATION = 160;
/** Clear of the controls at the bottom. */
const FIT_PADDING = { top: '20px', right: '24px', bottom: '56px', left: '24px' } as const;
/** Zoom at which names can still be read. */
const READABLE = 0.42;
const motion = (): number => (window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : DURATION);

/** Where the selected elements stand, or the one that a connection is aimed at. */
const chosenBoxes = ({ aim, selected, shown }: AppState): readonly Box[] =>
  [...(aim ? [aim.to] : selected)].flatMap((address: ElementAddress) => {
    const node = shown?.scene.byAddress.get(address);
    const at = shown?.positions.get(address);
    return node && at ? [boxAt(at, node.size)] : [];
  });

const hasElements = ({ shown }: AppState): boolean => (shown?.scene.nodes.length ?? 0) > 0;

/** Keeps the viewport where it is asked to be: everything in view on request, what other panels select brought in. */
export function useViewport() {
  const flow = useReactFlow();
  const pane = useStoreApi();
  const store = useAppStore();
  const fit = useApp((state) => state.fit);
  const reveal = useApp((state) => state.reveal);
  const size = useStore(({ width, height }) => `${width} ${height}`);
  const ready = size !== '0 0';
  const fitted = useRef(true);
  const fits = useRef<number>(undefined);
  const lod = useStore(({ transform: [, , zoom] }) => (zoom < 0.3 ? 0 : zoom < 0.6 ? 1 : 2));

  const bringIn = useCallback(
    (leastZoom: number) => {
      const target = boxAround(chosenBoxes(store.getState()));
      const canvas = document.querySelector('.react-flow')?.getBoundingClientRect();
      if (!target || !canvas) return;
      const { x, y, zoom } = flow.getViewport();
      if (contains(viewOf({ transform: [x, y, zoom], width: canvas.width, height: canvas.height }), target))
        return;
      fitted.current = false;
      void flow.setCenter(target.x + target.width / 2, target.y + target.height / 2, {
        zoom: Math.max(zoom, leastZoom),
        duration: motion(),
      });
    },
    [flow, store],
  );

  /** Not the request of React Flow, which knows only the elements that it was given. */
  const showAll = useCallback(
    async (duration: number, leastZoom?: number) => {
      const { shown } = store.getState();
      const all = shown && drawnBox(shown);
      if (!all) return;
      const { width, height, minZoom } = pane.getState();
      await flow.setViewport(getViewportForBounds(all, width, height, leastZoom ?? minZoom, 1, FIT_PADDING), {
        duration,
      });
    },
    [flow, pane, store],
  );

  /** Shows everything; beside the text, where there is little room, only as much as can still be read. */
  const fitPane = useCallback(async () => {
    if (!store.getState().yamlOpen) return void showAll(0);
    await showAll(0, READABLE);
    bringIn(READABLE);
  }, [store, showAll, bringIn]);

  useEffect(() => {
    if (!ready) return;
    fitted.current = hasElements(store.getState());
    // An empty canvas stays where it is.
    if (!fitted.current) return;
    const { fitTo } = store.getState();
    const asked = fits.current !== undefined && fits.current !== fit && fitTo === 'all';
    fits.current = fit;
    const frame = requestAnimationFrame(() => {
      if (asked) void showAll(fit > 1 ? motion() : 0);
      else void fitPane();
    });
    return () => cancelAnimationFrame(frame);
  }, [fit, ready, store, fitPane, showAll]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: fits again when the pane changes its size
  useEffect(() => {
    if (fitted.current && hasElements(store.getState())) void fitPane();
  }, [size, store, fitPane]);

  useRequest(
    ({ actualSize }) => actualSize,
    () => {
      fitted.current = false;
      const target = boxAround(chosenBoxes(store.getState()));
      if (!target) return void flow.zoomTo(1, { duration: motion() });
      void flow.setCenter(target.x + target.width / 2, target.y + target.height / 2, {
        zoom: 1,
        duration: motion(),
      });
    },
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: each increment of `reveal` is a request
  useEffect(() => bringIn(0.7), [reveal, bringIn]);

  /** The user has moved the view: it no longer follows the size of the pane. */
  const onMoveStart = useCallback((event: MouseEvent | TouchEvent | null) => {
    if (event) fitted.current = false;
  }, []);
  return { lod, onMoveStart };
}
