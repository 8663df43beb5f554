import type { BrokerKind } from '../../kinds/brokers.ts';

/** Colours of a picture; the same as the tokens of the app, which a test compares. */
export interface Palette extends Readonly<Record<BrokerKind, string>> {
  readonly bg: string;
  readonly panel: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly dim: string;
  readonly edge: string;
  readonly accent: string;
  readonly err: string;
  readonly warn: string;
}

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const palettes = {
  light: {
    bg: '#f6f7f9',
    panel: '#ffffff',
    line: '#e1e5ea',
    lineStrong: '#c9d0d9',
    text: '#1b2430',
    dim: '#566173',
    edge: '#8d98a8',
    accent: '#3457d5',
    err: '#c92a2a',
    warn: '#a35404',
    kafka: '#0b6bcb',
    rabbitmq: '#d9730d',
    redis: '#8a4fd3',
    sqs: '#0f8a6a',
    sns: '#0e87b5',
    kinesis: '#c026a3',
    celery: '#7d7f16',
  },
  dark: {
    bg: '#0f1319',
    panel: '#161b23',
    line: '#272f3b',
    lineStrong: '#3a4454',
    text: '#e6eaf0',
    dim: '#a3aebd',
    edge: '#667487',
    accent: '#7d9bff',
    err: '#ff7b72',
    warn: '#f0a94a',
    kafka: '#57a8f5',
    rabbitmq: '#f29b45',
    redis: '#b58af0',
    sqs: '#43c39c',
    sns: '#4cc3ee',
    kinesis: '#f078d6',
    celery: '#bfc24a',
  },
} as const satisfies Record<Theme, Palette>;

/** `share` of one colour in another, as `color-mix` does, which few programs but browsers know. */
export function mix(color: string, share: number, other: string): string {
  const channel = (hex: string, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return `#${[1, 3, 5]
    .map((at) => Math.round(channel(color, at) * share + channel(other, at) * (1 - share)))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;
}
