import type { Pack } from '../pack.ts';
import { consumerAcceptsVersion } from './consumer-accepts-version.ts';
import { envelopeComplete } from './envelope-complete.ts';
import { messageTyped } from './message-typed.ts';
import { versionPresent } from './version-present.ts';

export const schema = {
  'schema/message-typed': messageTyped,
  'schema/envelope-complete': envelopeComplete,
  'schema/version-present': versionPresent,
  'schema/consumer-accepts-version': consumerAcceptsVersion,
} as const satisfies Pack;
