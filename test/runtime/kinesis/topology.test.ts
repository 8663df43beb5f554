import { expect, it } from 'vitest';
import { compareStreams, emulated, type FoundStream } from '../../../runtime/kinesis/topology.ts';

const found: FoundStream = {
  onDemand: false,
  shards: 4,
  retentionHours: 24,
  maxRecordKiB: 1_024,
  encryptionKey: 'NONE',
};
const at = (there: Partial<FoundStream> = {}) => new Map([['jobs', { ...found, ...there }]]);
const details = (differences: ReturnType<typeof compareStreams>) => differences.map(({ detail }) => detail);

it('finds no difference where everything is as declared', () => {
  expect(compareStreams([{ name: 'jobs', partitions: 4 }], at())).toEqual([]);
});

it('names what is missing', () => {
  expect(compareStreams([{ name: 'jobs', partitions: 4 }], new Map())).toEqual([
    { kind: 'missing', element: 'stream jobs' },
  ]);
});

it('names each setting that differs', () => {
  const declared = {
    name: 'jobs',
    partitions: 2,
    retentionHours: 48,
    maxRecordKiB: 2_048,
    encryptionKey: 'alias/k',
  };
  expect(details(compareStreams([declared], at()))).toEqual([
    'shards is 2 in the design and 4 at Kinesis',
    'retention is 48h in the design and 24h at Kinesis',
    'largest record is 2048KiB in the design and 1024KiB at Kinesis',
    'encryption is alias/k in the design and NONE at Kinesis',
  ]);
});

it('leaves the shards of a stream on demand to Kinesis', () => {
  const declared = [{ name: 'jobs', partitions: 4, onDemand: true }];
  expect(compareStreams(declared, at({ onDemand: true, shards: 9 }))).toEqual([]);
  expect(details(compareStreams(declared, at()))).toEqual([
    'mode is on-demand in the design and provisioned at Kinesis',
  ]);
});

it('asks of the emulator what it can do', () => {
  const stream = { name: 'jobs', partitions: 4, onDemand: true, retentionHours: 336, encryptionKey: 'k' };
  expect(emulated(stream)).toEqual({ name: 'jobs', partitions: 4, retentionHours: 168 });
});
