import { describe, expect, it, onTestFinished } from 'vitest';
import { Reach } from '../../../runtime/aws/reach.ts';
import { ClosedError, ConnectionLostError, TopologyError } from '../../../runtime/core/errors.ts';
import { MemoryLog } from '../support/scenario.ts';

const refusal = Object.assign(new Error('no such queue'), {
  name: 'QueueDoesNotExist',
  $fault: 'client',
  $metadata: { httpStatusCode: 400 },
});
const never = new AbortController().signal;

function reach(probe: () => Promise<unknown> = async () => {}) {
  const made = new Reach('SQS', probe, new MemoryLog());
  onTestFinished(() => made.close(new ClosedError('The test is over.')));
  return made;
}

describe('the reach of a service', () => {
  it('begins with its first answer, and a refusal is one', async () => {
    const sqs = reach();
    expect(sqs.answers).toBe(false);
    await expect(sqs.call(() => Promise.reject(refusal), never)).rejects.toThrow(TopologyError);
    expect(sqs.answers).toBe(true);
    expect(await sqs.call(async () => 'answer', never)).toBe('answer');
  });

  it('ends with a request without answer, and comes back by itself', async () => {
    let probes = 0;
    const sqs = reach(async () => {
      if (++probes < 2) throw new Error('connect ECONNREFUSED');
    });
    const request = sqs.call(() => Promise.reject(new Error('socket hang up')), never);
    await expect(request).rejects.toThrow(ConnectionLostError);
    expect(sqs.answers).toBe(false);
    await expect.poll(() => sqs.answers).toBe(true);
    expect(probes).toBe(2);
  });

  it('bounds a request that is never answered', async () => {
    const sqs = reach();
    await expect(sqs.call(() => new Promise(() => {}), never, 5)).rejects.toThrow(ConnectionLostError);
    const stop = new AbortController();
    const waiting = sqs.call(() => new Promise(() => {}), stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  it('fails what is under way when it is closed', async () => {
    const sqs = reach();
    const waiting = sqs.call(() => new Promise(() => {}), never);
    sqs.close(new ClosedError('closed'));
    await expect(waiting).rejects.toThrow(ClosedError);
    await expect(sqs.call(async () => 1, never)).rejects.toThrow(ClosedError);
  });
});
