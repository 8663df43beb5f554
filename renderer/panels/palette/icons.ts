import {
  IconArrowBigRight,
  IconBroadcast,
  IconInbox,
  IconNote,
  type IconProps,
  IconRoute,
  IconRowInsertBottom,
  IconSkull,
  IconStack2,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Shape } from '../../canvas/shapes.ts';

/** One icon a shape, everywhere in the app. */
export const shapeIcons = {
  producer: IconArrowBigRight,
  consumer: IconInbox,
  exchange: IconRoute,
  queue: IconStack2,
  topic: IconBroadcast,
  stream: IconRowInsertBottom,
  deadLetter: IconSkull,
  note: IconNote,
} as const satisfies Record<Shape, ComponentType<IconProps>>;
