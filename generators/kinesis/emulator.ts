import type { Emulator } from '../aws/emulator.ts';
import { emulators } from '../compose/images.ts';

/** Kinesis on this machine; it keeps what it has taken in /data. */
export const kinesalite: Emulator = {
  service: 'kinesis-emulator',
  port: 4567,
  package: emulators.kinesalite,
  command: ['kinesalite', '--path', '/data/kinesis', '--shardLimit', '10000'],
  environment: {},
};
