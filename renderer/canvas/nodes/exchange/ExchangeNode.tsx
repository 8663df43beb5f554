import {
  IconArrowRight,
  IconArrowsRandom,
  IconArrowsSplit2,
  IconHash,
  IconListDetails,
  type IconProps,
} from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import type { ComponentType } from 'react';
import type { exchangeTypes } from '../../../../core/kinds/exchange/index.ts';
import { useApp } from '../../../store/store.ts';
import type { ElementNode } from '../../flow.ts';
import { NodeFrame } from '../frame/NodeFrame.tsx';

const glyphs = {
  direct: IconArrowRight,
  topic: IconHash,
  fanout: IconArrowsSplit2,
  headers: IconListDetails,
  'x-modulus-hash': IconArrowsRandom,
  'x-consistent-hash': IconArrowsRandom,
} as const satisfies Record<(typeof exchangeTypes)[number], ComponentType<IconProps>>;

/** A pill with a glyph for how it matches bindings. */
export function ExchangeNode({ data, selected }: NodeProps<ElementNode>) {
  const type = useApp((state) => state.shown?.graph?.design.exchanges.get(data.node.id)?.type ?? 'topic');
  const Glyph = glyphs[type];
  return (
    <NodeFrame
      data={data}
      selected={selected}
      mono
      glyph={<Glyph size={16} stroke={2} />}
      style={{ borderRadius: 28, paddingInline: 16 }}
    />
  );
}
