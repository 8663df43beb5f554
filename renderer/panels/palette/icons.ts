import {
  IconArrowBigRight,
  IconBroadcast,
  IconClock,
  IconInbox,
  IconNote,
  type IconProps,
  IconRoute,
  IconRowInsertBottom,
  IconSkull,
  IconStack2,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { DrawnShape } from '../../../core/drawing/shapes.ts';

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
  delay: IconClock,
} as const satisfies Record<DrawnShape, ComponentType<IconProps>>;
