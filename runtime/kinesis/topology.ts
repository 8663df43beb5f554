import type { TopologyDifference } from '../core/topology.ts';
import type { LogTopology, TopicDeclaration } from '../core/types.ts';

/** A stream as the generator writes it. */
export interface StreamDeclaration extends TopicDeclaration {
  /** Kinesis counts the shards by itself; `partitions` then says nothing about it. */
  readonly onDemand?: boolean;
  /** Hours, 24 to 8 760. Default: 24. https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html */
  readonly retentionHours?: number;
  /** KiB, 1 024 to 10 240. Default: 1 024. https://docs.aws.amazon.com/streams/latest/dev/large-records.html */
  readonly maxRecordKiB?: number;
  /** Key of KMS that encrypts what is stored, such as `alias/aws/kinesis`. Default: none. */
  readonly encryptionKey?: string;
}

export interface KinesisTopology extends LogTopology {
  readonly topics: readonly StreamDeclaration[];
}

/** The longest that kinesalite keeps records: what Kinesis allowed once. */
const emulatedHours = 168;

/** What the emulator can do of a stream: it counts no shards by itself, encrypts nothing, and keeps records for a week. */
export const emulated = ({ name, partitions, retentionHours }: StreamDeclaration): StreamDeclaration => ({
  name,
  partitions,
  ...(retentionHours === undefined ? {} : { retentionHours: Math.min(retentionHours, emulatedHours) }),
});

/** A stream as Kinesis has it. */
export interface FoundStream {
  readonly onDemand: boolean;
  readonly shards: number;
  readonly retentionHours: number;
  readonly maxRecordKiB: number;
  /** `NONE`, or the key. */
  readonly encryptionKey: string;
}

/** How Kinesis differs from the streams of a design. */
export function compareStreams(
  design: readonly StreamDeclaration[],
  found: ReadonlyMap<string, FoundStream>,
): TopologyDifference[] {
  return design.flatMap((stream): TopologyDifference[] => {
    const there = found.get(stream.name);
    const element = `stream ${stream.name}`;
    if (there === undefined) return [{ kind: 'missing', element }];
    return changes(stream, there).map((detail) => ({ kind: 'changed', element, detail }));
  });
}

function changes(stream: StreamDeclaration, there: FoundStream): string[] {
  const { onDemand = false, retentionHours = 24, maxRecordKiB = 1_024, encryptionKey = 'NONE' } = stream;
  const mode = (demand: boolean) => (demand ? 'on-demand' : 'provisioned');
  return [
    ...differs('mode', mode(onDemand), mode(there.onDemand)),
    ...(onDemand ? [] : differs('shards', stream.partitions, there.shards)),
    ...differs('retention', `${retentionHours}h`, `${there.retentionHours}h`),
    ...differs('largest record', `${maxRecordKiB}KiB`, `${there.maxRecordKiB}KiB`),
    ...differs('encryption', encryptionKey, there.encryptionKey),
  ];
}

const differs = (what: string, design: unknown, kinesis: unknown): string[] =>
  design === kinesis ? [] : [`${what} is ${design} in the design and ${kinesis} at Kinesis`];
