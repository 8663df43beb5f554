import { Graph } from '../../core/design/graph.ts';
import { drawingOf } from '../../core/drawing/drawing.ts';
import type { Theme } from '../../core/drawing/svg/colors.ts';
import { svgOf } from '../../core/drawing/svg/svg.ts';
import { type BrokerKind, brokerKinds } from '../../core/kinds/brokers.ts';
import { load } from '../../core/text/load.ts';

/** What a card of the gallery shows of a design. */
export interface Preview {
  /** Address of a small picture of it. */
  readonly picture: string;
  readonly brokers: readonly BrokerKind[];
}

const known = new Map<string, Preview>();

/** The drawing of a design, small: made by what exports it, so that it is true. */
export function previewOf(text: string, theme: Theme): Preview {
  const key = `${theme} ${text}`;
  const before = known.get(key);
  if (before) return before;
  const { design } = load(text);
  if (!design) throw new Error('LOOM_TEMPLATE: a template is no design.');
  const kinds = new Set([...design.brokers.values()].map(({ kind }) => kind));
  const svg = svgOf(drawingOf(Graph.of(design)), { theme, plain: true });
  const made = {
    picture: `data:image/svg+xml,${encodeURIComponent(svg)}`,
    brokers: brokerKinds.filter((kind) => kinds.has(kind)),
  };
  known.set(key, made);
  return made;
}
