/** Bytes that a message may have, by the designs of the matrix. */
const MAX_BYTES = 64 * 1024;
const order = { orderId: 'o-0', customerId: 'c-0', totalCents: 1, currency: 'EUR' };

/** What no handler can be given: cut off, of another shape, empty, of another type, and one that is right but too large. */
const unreadable = [
  '{ "orderId": ',
  '{"orderId":""}',
  '',
  '[]',
  JSON.stringify({ ...order, customerId: 'c'.repeat(MAX_BYTES) }),
];

/** The nth body that no consumer can read; all kinds take turns. */
export const unreadableBody = (n: number): string => unreadable[n % unreadable.length] ?? '';
