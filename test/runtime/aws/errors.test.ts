import { describe, expect, it } from 'vitest';
import { AwsRefusal, explained, refused } from '../../../runtime/aws/errors.ts';
import {
  ConfigurationError,
  ConnectionLostError,
  TopologyError,
  ValidationError,
} from '../../../runtime/core/errors.ts';

/** As a client of the SDK throws it. */
const answer = (name: string, httpStatusCode: number) =>
  Object.assign(new Error('text'), { name, $fault: 'client', $metadata: { httpStatusCode } });

describe('errors of AWS', () => {
  it.each([
    [answer('QueueDoesNotExist', 400), TopologyError],
    [answer('AWS.SimpleQueueService.NonExistentQueue', 400), TopologyError],
    [answer('ResourceNotFoundException', 400), TopologyError],
    [answer('InvalidMessageContents', 400), ValidationError],
    [answer('ThrottlingException', 400), AwsRefusal],
    [answer('AccessDenied', 403), AwsRefusal],
    [answer('ServiceUnavailable', 503), AwsRefusal],
    [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), ConnectionLostError],
    [Object.assign(new Error(''), { name: 'TimeoutError' }), ConnectionLostError],
    [Object.assign(new Error('no provider'), { name: 'CredentialsProviderError' }), ConfigurationError],
    [new Error('Region is missing'), ConfigurationError],
  ])('%s is a %o', (error, kind) => {
    expect(explained('SQS', error)).toBeInstanceOf(kind);
    expect(explained('SQS', error).message).toContain('SQS');
  });

  it('say whether another attempt could help', () => {
    const retryable = (code: string) => refused('SQS', { code, message: '' }).retryable;
    expect(retryable('OverLimit')).toBe(true);
    expect(retryable('InternalError')).toBe(true);
    expect(retryable('InvalidMessageContents')).toBe(false);
    expect(retryable('QueueDoesNotExist')).toBe(false);
  });

  it('stay what they are where they are none of AWS', () => {
    const defect = new TypeError('undefined is not a function');
    expect(explained('SQS', defect)).toBe(defect);
    const known = new TopologyError('gone');
    expect(explained('SQS', known)).toBe(known);
  });
});
