import { RESP_TYPES } from 'redis';
import { decode } from '../message.ts';
import { type Client, stream } from './settings.ts';

export interface Entry {
  readonly id: string;
  readonly eventId: string;
}

type Reply = readonly (readonly [Buffer, readonly (readonly [Buffer, readonly Buffer[]])[]])[] | null;

/** What is new to a group, waited for a second at most. */
export async function read(client: Client, group: string, count: number): Promise<readonly Entry[]> {
  const reply = await client.sendCommand<Reply>(
    [
      ...['XREADGROUP', 'GROUP', group, 'me', 'COUNT', String(count), 'BLOCK', '1000'],
      ...['STREAMS', stream, '>'],
    ],
    { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
  );
  return (reply?.[0]?.[1] ?? []).map(([id, fields]) => {
    const values = new Map<string, Buffer>();
    for (let at = 0; at + 1 < fields.length; at += 2)
      values.set(String(fields[at]), fields[at + 1] as Buffer);
    const headers = JSON.parse(String(values.get('headers'))) as Record<string, unknown>;
    return { id: String(id), eventId: decode(values.get('body') as Buffer, (name) => headers[name]) };
  });
}
