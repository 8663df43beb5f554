import {
  CreateStreamCommand,
  IncreaseStreamRetentionPeriodCommand,
  StartStreamEncryptionCommand,
} from '@aws-sdk/client-kinesis';
import { pause } from '../core/backoff.ts';
import { TopologyError } from '../core/errors.ts';
import type { TopologyDifference } from '../core/topology.ts';
import { isRefusal, type KinesisApi } from './api.ts';
import { compareStreams, type FoundStream, type StreamDeclaration } from './topology.ts';

const defaultRetentionHours = 24;
const untilActiveMs = 200;

/** What Kinesis has, compared with the streams of a design. Other streams of the account are not looked at. */
export async function differencesOf(
  api: KinesisApi,
  design: readonly StreamDeclaration[],
  signal: AbortSignal,
): Promise<TopologyDifference[]> {
  const found = new Map<string, FoundStream>();
  for (const { name } of design) {
    const there = await find(api, name, signal);
    if (there !== undefined) found.set(name, there);
  }
  return compareStreams(design, found);
}

/**
 * Makes what is missing, waits until it can be used, and returns it.
 * @throws TopologyError, having changed nothing, when a stream exists with other settings
 */
export async function declareStreams(
  api: KinesisApi,
  design: readonly StreamDeclaration[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const differences = await differencesOf(api, design, signal);
  const changed = differences.filter(({ kind }) => kind === 'changed');
  if (changed.length > 0) {
    const list = changed.map(({ element, detail }) => `${element}: ${detail}`).join('\n');
    throw new TopologyError(
      `Nothing was changed: other settings may delete records or cost money. Change them with the tools of AWS, or the design.\n${list}`,
    );
  }
  const missing = differences.flatMap(({ kind, element }) => (kind === 'missing' ? [element] : []));
  const created = design.filter(({ name }) => missing.includes(`stream ${name}`));
  for (const stream of created) await create(api, stream, signal);
  for (const stream of created) {
    await untilActive(api, stream.name, signal);
    await configure(api, stream, signal);
    await untilActive(api, stream.name, signal);
  }
  return missing;
}

async function find(api: KinesisApi, name: string, signal: AbortSignal): Promise<FoundStream | undefined> {
  try {
    const { summary } = await api.describe(name, signal);
    return {
      onDemand: summary.StreamModeDetails?.StreamMode === 'ON_DEMAND',
      shards: summary.OpenShardCount ?? 0,
      retentionHours: summary.RetentionPeriodHours ?? defaultRetentionHours,
      maxRecordKiB: summary.MaxRecordSizeInKiB ?? 1_024,
      encryptionKey: summary.EncryptionType === 'KMS' ? (summary.KeyId ?? 'unknown') : 'NONE',
    };
  } catch (error) {
    if (error instanceof TopologyError) return undefined;
    throw error;
  }
}

async function create(api: KinesisApi, stream: StreamDeclaration, signal: AbortSignal): Promise<void> {
  const { name, partitions, onDemand = false, maxRecordKiB } = stream;
  const input = {
    StreamName: name,
    ...(onDemand ? { StreamModeDetails: { StreamMode: 'ON_DEMAND' as const } } : { ShardCount: partitions }),
    ...(maxRecordKiB === undefined ? {} : { MaxRecordSizeInKiB: maxRecordKiB }),
  };
  for (;;) {
    try {
      await api.call((options) => api.client.send(new CreateStreamCommand(input), options), signal);
      return;
    } catch (error) {
      // Somebody else was faster, or the old one of the name is still being deleted.
      if (!isRefusal(error, 'ResourceInUseException', 'LimitExceededException')) throw error;
      if (isRefusal(error, 'ResourceInUseException') && (await find(api, name, signal)) !== undefined) return;
      await pause(untilActiveMs, signal);
    }
  }
}

/** Retention and encryption are set on a stream that is there. */
async function configure(
  api: KinesisApi,
  { name, retentionHours = defaultRetentionHours, encryptionKey }: StreamDeclaration,
  signal: AbortSignal,
): Promise<void> {
  if (retentionHours > defaultRetentionHours) {
    const input = { StreamName: name, RetentionPeriodHours: retentionHours };
    await api.call(
      (options) => api.client.send(new IncreaseStreamRetentionPeriodCommand(input), options),
      signal,
    );
  }
  if (encryptionKey === undefined) return;
  await untilActive(api, name, signal);
  const input = { StreamName: name, EncryptionType: 'KMS' as const, KeyId: encryptionKey };
  await api.call((options) => api.client.send(new StartStreamEncryptionCommand(input), options), signal);
}

async function untilActive(api: KinesisApi, name: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const { summary } = await api.describe(name, signal);
    if (summary.StreamStatus === 'ACTIVE') return;
    await pause(untilActiveMs, signal);
    signal.throwIfAborted();
  }
}
