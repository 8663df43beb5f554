import { afterAll, beforeAll, describe } from 'vitest';
import type { Channels } from '../support/channels.ts';
import { consumingSuite } from './consuming.ts';
import { deadLettersSuite } from './deadLetters.ts';
import { failureSuite } from './failure.ts';
import type { Harness } from './harness.ts';
import { orderSuite } from './order.ts';
import { publishingSuite } from './publishing.ts';
import { recoverySuite } from './recovery.ts';

export type { Harness } from './harness.ts';

/**
 * What every transport must do, whatever broker is behind it.
 * @param ordered channels that keep an order, where the others do not
 */
export function conformance(
  name: string,
  channels: Channels,
  open: () => Promise<Harness>,
  ordered = channels,
): void {
  describe(`${name} conformance`, () => {
    let harness: Harness;
    beforeAll(async () => {
      harness = await open();
    });
    afterAll(() => harness?.close());
    const get = () => harness;
    describe('publishing', () => publishingSuite(get, channels));
    describe('consuming', () => consumingSuite(get, channels));
    describe('failures', () => failureSuite(get, channels));
    describe('order', () => orderSuite(get, ordered));
    describe('recovery', () => recoverySuite(get, channels));
    describe('dead-letter tools', () => deadLettersSuite(get, channels));
  });
}
