import { Panel, useReactFlow, useStore } from '@xyflow/react';
import { memo, type PointerEvent, useEffect, useRef } from 'react';
import { shallow } from 'zustand/shallow';
import { type Box, boxAround, boxAt, contains, type Size } from '../../core/drawing/geometry.ts';
import type { SceneNode } from '../../core/drawing/scene.ts';
import type { Shown } from '../store/state/document.ts';
import { useApp } from '../store/store.ts';
import styles from './Canvas.module.css';
import { extent, viewOf } from './view.ts';

/** Panes below this width, in px, have no room for a map. */
const ROOM = 640;

/** Of the map on the screen, in px. */
const SIZE: Size = { width: 200, height: 150 };

/** Around what the map shows, in px of the screen. */
const MARGIN = 5;

/**
 * All of the drawing in small, while part of it is out of view. Dragging in it moves the view, turning the wheel zooms.
 * Not the map of React Flow, whose shapes all look at each step of the canvas whether it concerns them.
 */
export function OverviewMap() {
  const wanted = useApp((state) => state.overview);
  const shown = useApp((state) => state.shown);
  const around = shown && extent(shown);
  const view = useStore(viewOf, shallow);
  const isRoomy = useStore(({ width }) => width >= ROOM);
  if (!wanted || !isRoomy || !around || contains(view, around)) return null;
  return (
    <Panel position="bottom-right" className={styles.overview}>
      <Overview shown={shown} view={view} all={boxAround([around, view]) ?? around} />
    </Panel>
  );
}

function Overview({ shown, view, all }: { readonly shown: Shown; readonly view: Box; readonly all: Box }) {
  const flow = useReactFlow();
  const map = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const zoom = (event: WheelEvent): void => {
      // Not passive, so that a pinch does not zoom the window.
      event.preventDefault();
      void flow.zoomTo(flow.getZoom() * 2 ** (-event.deltaY * 0.002));
    };
    const element = map.current;
    element?.addEventListener('wheel', zoom, { passive: false });
    return () => element?.removeEventListener('wheel', zoom);
  }, [flow]);

  const scale = Math.max(all.width / SIZE.width, all.height / SIZE.height);
  const width = (SIZE.width + 2 * MARGIN) * scale;
  const height = (SIZE.height + 2 * MARGIN) * scale;
  const frame: Box = {
    x: all.x - (width - all.width) / 2,
    y: all.y - (height - all.height) / 2,
    width,
    height,
  };
  const onPointerMove = ({ currentTarget, pointerId, movementX, movementY }: PointerEvent): void => {
    if (!currentTarget.hasPointerCapture(pointerId)) return;
    const { x, y, zoom } = flow.getViewport();
    void flow.setViewport({ x: x - movementX * scale * zoom, y: y - movementY * scale * zoom, zoom });
  };
  return (
    <svg
      ref={map}
      role="img"
      aria-label="Overview"
      {...SIZE}
      viewBox={`${frame.x} ${frame.y} ${frame.width} ${frame.height}`}
      onPointerDown={({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId)}
      onPointerMove={onPointerMove}
    >
      <Shapes shown={shown} />
      <path
        className={styles.overviewMask}
        d={outline(frame) + outline(view)}
        fillRule="evenodd"
        strokeWidth={2 * scale}
      />
    </svg>
  );
}

/** All elements, in one path for each colour. */
const Shapes = memo(({ shown: { scene, positions } }: { readonly shown: Shown }) => {
  const paths = new Map<string, string>();
  for (const node of scene.nodes) {
    const at = positions.get(node.address);
    const colour = colourOf(node);
    if (at) paths.set(colour, (paths.get(colour) ?? '') + outline(boxAt(at, node.size)));
  }
  return [...paths].map(([colour, d]) => <path key={colour} d={d} fill={colour} />);
});

const outline = ({ x, y, width, height }: Box): string => `M${x} ${y}h${width}v${height}h${-width}z`;

function colourOf({ shape, brokerKind }: SceneNode): string {
  if (shape === 'deadLetter') return 'var(--err)';
  return brokerKind === undefined ? 'var(--edge)' : `var(--${brokerKind})`;
}
