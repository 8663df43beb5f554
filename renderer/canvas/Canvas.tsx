import '@xyflow/react/dist/style.css';
import { useMantineColorScheme } from '@mantine/core';
import {
  Background,
  type Connection,
  type OnConnectEnd,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
} from '@xyflow/react';
import { type MouseEvent, useCallback, useEffect, useMemo, useState } from 'react';
import { canConnect } from '../../core/commands/connect.ts';
import type { ElementAddress } from '../../core/design/design.ts';
import { GRID } from '../../core/drawing/geometry.ts';
import { useApp } from '../store/store.ts';
import { AimBar } from './AimBar.tsx';
import styles from './Canvas.module.css';
import { CanvasControls } from './CanvasControls.tsx';
import { ConnectReason } from './ConnectReason.tsx';
import { DrawnFrom, useDrawnFrom } from './connecting.ts';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import { Links } from './edges/Links.tsx';
import { Routes, RoutesContext } from './edges/routes.ts';
import { badgesOf, FlowCache, groupNodes } from './flow.ts';
import { Guides } from './Guides.tsx';
import { LayoutProgress } from './LayoutProgress.tsx';
import { nodeTypes } from './nodes/registry.ts';
import { OverviewMap } from './OverviewMap.tsx';
import { QuickAdd } from './QuickAdd.tsx';
import { relatedTo } from './related.ts';
import { useAutoLayout } from './useAutoLayout.ts';
import { useCanvasFocus } from './useCanvasFocus.ts';
import { useClipboard } from './useClipboard.ts';
import { useDrag } from './useDrag.ts';
import { useDrop } from './useDrop.ts';
import { usePart } from './usePart.ts';
import { usePress } from './usePress.ts';
import { useQuickAdd } from './useQuickAdd.ts';
import { useSelecting } from './useSelecting.ts';
import { useViewport } from './useViewport.ts';

/** How much larger labels are below 60 %, so that they can still be read; as in the style sheet of edges. */
const FAR_LABELS = 1.5;
/** Buttons that move the canvas; the left one draws a marquee, with Space it moves the canvas too. */
const MIDDLE_OR_RIGHT = [1, 2];
/** With one of these a click adds to the selection. */
const ADDING_KEYS = ['Shift', 'Control', 'Meta'];

export const Canvas = () => (
  <ReactFlowProvider>
    <CanvasView />
  </ReactFlowProvider>
);

function CanvasView() {
  const shown = useApp((state) => state.shown);
  const selected = useApp((state) => state.selected);
  const armed = useApp((state) => state.armed);
  const run = useApp((state) => state.run);
  const arranging = useApp((state) => state.arranging);
  const gliding = useApp((state) => state.gliding);
  const { colorScheme } = useMantineColorScheme();
  const [cache] = useState(() => new FlowCache());
  const scene = shown?.scene;
  const { positions, guides, dragging, onDragStart, onDrag, onDragStop } = useDrag(scene, shown?.positions);
  const { lod, onMoveStart } = useViewport();
  const part = usePart(shown, selected);
  const badges = useMemo(
    () => badgesOf(shown?.issues ?? [], shown?.unknowns ?? []),
    [shown?.issues, shown?.unknowns],
  );
  const design = shown?.graph?.design;
  const related = useMemo(() => (design ? relatedTo(design, selected) : undefined), [design, selected]);
  const groups = useMemo(() => (scene ? groupNodes(scene, positions) : []), [scene, positions]);
  const nodes = useMemo(
    () => (part ? [...groups, ...cache.nodes(part.nodes, positions, selected, badges, related)] : []),
    [part, groups, cache, positions, selected, badges, related],
  );
  const lines = useMemo(() => (part ? cache.lines(part.links, selected) : []), [part, cache, selected]);
  const labelScale = lod === 1 ? FAR_LABELS : 1;
  const drawnFrom = useDrawnFrom();
  const [routes] = useState(() => new Routes());
  // After React Flow has taken the places of the elements, which it does in an effect too.
  useEffect(() => {
    if (scene) routes.set(cache.routes(scene, positions, labelScale));
  }, [scene, cache, routes, positions, labelScale]);
  const selecting = useSelecting();
  const drop = useDrop();
  const focus = useCanvasFocus();
  const press = usePress();
  const quickAdd = useQuickAdd(focus.ref);
  useAutoLayout();
  useClipboard(quickAdd.pointer);
  const [connecting, setConnecting] = useState(false);
  const graph = shown?.graph;
  const editable = shown?.valid ?? false;

  // React Flow tells everything that it has drawn of each function that is another one than before.
  const isValidConnection = useCallback(
    ({ source, target }: Pick<Connection, 'source' | 'target'>) =>
      graph !== undefined && canConnect(graph, source as ElementAddress, target as ElementAddress).ok,
    [graph],
  );
  const onConnectStart = useCallback(() => setConnecting(true), []);
  const onConnect = useCallback(
    ({ source, target }: Connection) =>
      run('element.connect', { from: source as ElementAddress, to: target as ElementAddress }),
    [run],
  );
  const { offer } = quickAdd;
  const onConnectEnd = useCallback<OnConnectEnd>(
    (event, state) => {
      setConnecting(false);
      offer(event, state);
    },
    [offer],
  );
  const { place } = drop;
  const { clear } = selecting;
  const onPaneClick = useCallback(
    (event: MouseEvent) => (armed ? place(armed, event) : clear()),
    [armed, place, clear],
  );

  return (
    <div
      ref={focus.ref}
      className={styles.canvas}
      role="application"
      aria-label="Drawing. Tab goes through the elements, Escape leaves them."
      // biome-ignore lint/a11y/noNoninteractiveTabindex: moved through by keys, as an application is
      tabIndex={0}
      data-drawing
      data-lod={lod}
      data-armed={armed ? '' : undefined}
      data-locked={shown && !shown.valid ? '' : undefined}
      data-gliding={gliding ? '' : undefined}
      data-arranging={arranging ? '' : undefined}
      data-dragging={dragging ? '' : undefined}
      data-connecting={connecting ? '' : undefined}
      data-testid="drawing"
      onBlur={focus.onBlur}
      onPointerDownCapture={press}
      onPointerMove={quickAdd.onPointerMove}
      onPointerLeave={quickAdd.onPointerLeave}
      onDragOver={drop.onDragOver}
      onDragLeave={drop.onDragLeave}
      onClickCapture={(event) => {
        if (!armed || !(event.target as Element).closest('[data-edge]')) return;
        event.stopPropagation();
        drop.place(armed, event);
      }}
      onDrop={drop.onDrop}
    >
      <RoutesContext value={routes}>
        <DrawnFrom value={drawnFrom}>
          <ReactFlow
            nodes={nodes}
            nodeTypes={nodeTypes}
            colorMode={colorScheme === 'auto' ? 'system' : colorScheme}
            panOnScroll
            panOnDrag={MIDDLE_OR_RIGHT}
            selectionOnDrag={!armed}
            selectionMode={SelectionMode.Partial}
            multiSelectionKeyCode={ADDING_KEYS}
            selectionKeyCode={null}
            minZoom={0.1}
            maxZoom={2}
            nodeOrigin={[0, 0]}
            nodesDraggable={editable}
            nodesConnectable={editable}
            connectionRadius={16}
            deleteKeyCode={null}
            disableKeyboardA11y
            zoomOnDoubleClick={false}
            elevateNodesOnSelect={false}
            isValidConnection={isValidConnection}
            onConnectStart={onConnectStart}
            onConnect={onConnect}
            onConnectEnd={onConnectEnd}
            onNodeDragStart={onDragStart}
            onNodeDrag={onDrag}
            onNodeDragStop={onDragStop}
            onSelectionDragStart={onDragStart}
            onSelectionDrag={onDrag}
            onSelectionDragStop={onDragStop}
            onMoveStart={onMoveStart}
            onNodesChange={selecting.onNodesChange}
            onPaneClick={onPaneClick}
          >
            <Background gap={2 * GRID} size={1.2} />
            <Links lines={lines} labelled={lod > 0} />
            <Guides guides={guides} />
            <OverviewMap />
            <CanvasControls />
            <ConnectReason />
            <AimBar />
            <LayoutProgress />
          </ReactFlow>
        </DrawnFrom>
      </RoutesContext>
      {quickAdd.menu && <QuickAdd menu={quickAdd.menu} onClose={quickAdd.close} />}
      {scene && scene.nodes.length === 0 && <EmptyCanvas />}
    </div>
  );
}
