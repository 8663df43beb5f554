import '@xyflow/react/dist/style.css';
import { Background, type Edge, type Node, ReactFlow, useEdgesState, useNodesState } from '@xyflow/react';
import { createRoot } from 'react-dom/client';

/** What a drawing is, and the part of the window that it gets. */
export interface Plain {
  readonly nodes: Node[];
  readonly edges: Edge[];
  readonly width: number;
  readonly height: number;
  readonly viewport: { readonly x: number; readonly y: number; readonly zoom: number };
}

/** React Flow as its first example shows it: default nodes, those in view only. */
function Flow({ plain }: { readonly plain: Plain }) {
  const [nodes, , onNodesChange] = useNodesState(plain.nodes);
  const [edges, , onEdgesChange] = useEdgesState(plain.edges);
  return (
    <div style={{ width: plain.width, height: plain.height }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        defaultViewport={plain.viewport}
        minZoom={0.05}
        panOnScroll
        onlyRenderVisibleElements
      >
        <Background />
      </ReactFlow>
    </div>
  );
}

const root = createRoot(document.getElementById('root') as HTMLElement);
Object.assign(window, { draw: (plain: Plain) => root.render(<Flow key={Math.random()} plain={plain} />) });
