import type { NodeTypes } from '@xyflow/react';
import type { DrawnShape } from '../../../core/drawing/shapes.ts';
import { ConsumerNode } from './consumer/ConsumerNode.tsx';
import { DeadLetterNode } from './deadLetter/DeadLetterNode.tsx';
import { DelayNode } from './delay/DelayNode.tsx';
import { ExchangeNode } from './exchange/ExchangeNode.tsx';
import { BrokerNode } from './group/BrokerNode.tsx';
import { NoteNode } from './note/NoteNode.tsx';
import { ProducerNode } from './producer/ProducerNode.tsx';
import { QueueNode } from './queue/QueueNode.tsx';
import { StreamNode } from './stream/StreamNode.tsx';
import { TopicNode } from './topic/TopicNode.tsx';

/** One component a shape; a shape without one does not compile. */
export const nodeTypes = {
  producer: ProducerNode,
  consumer: ConsumerNode,
  exchange: ExchangeNode,
  queue: QueueNode,
  topic: TopicNode,
  stream: StreamNode,
  deadLetter: DeadLetterNode,
  delay: DelayNode,
  note: NoteNode,
  broker: BrokerNode,
} as const satisfies NodeTypes & Record<DrawnShape | 'broker', unknown>;
