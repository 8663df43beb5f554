import type { Context } from './types.ts';

/**
 * The service's own work besides handling messages, such as an HTTP server. It begins when the service is connected;
 * `signal` tells when to end. This file is yours: it is written once and then left alone.
 */
export async function run({ log }: Context): Promise<void> {
  log.debug({}, 'Nothing to do besides handling messages.');
}
