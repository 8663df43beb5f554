import { afterAll, beforeAll, describe } from 'vitest';
import { consumingSuite } from './consuming.ts';
import { deadLettersSuite } from './deadLetters.ts';
import { failureSuite } from './failure.ts';
import type { Harness } from './harness.ts';
import { orderSuite } from './order.ts';
import { publishingSuite } from './publishing.ts';
import { recoverySuite } from './recovery.ts';

export type { Harness } from './harness.ts';

/** What every transport must do, whatever broker is behind it. */
export function conformance(name: string, open: () => Promise<Harness>): void {
  describe(`${name} conformance`, () => {
    let harness: Harness;
    beforeAll(async () => {
      harness = await open();
    });
    afterAll(() => harness?.close());
    const get = () => harness;
    describe('publishing', () => publishingSuite(get));
    describe('consuming', () => consumingSuite(get));
    describe('failures', () => failureSuite(get));
    describe('order', () => orderSuite(get));
    describe('recovery', () => recoverySuite(get));
    describe('dead-letter tools', () => deadLettersSuite(get));
  });
}
