import {
  ConfigurationError,
  ConnectionLostError,
  MessagingError,
  PublishRejectedError,
  TopologyError,
  ValidationError,
} from '../core/errors.ts';

/** The service has refused a request that may succeed later: too many of them, no permission yet, a fault of its own. */
export class AwsRefusal extends PublishRejectedError {
  /** Its error code, such as `ThrottlingException`. */
  readonly reason: string;

  constructor(service: string, { code, message }: Refusal) {
    super(`${service} refuses: ${code}: ${message}`);
    this.reason = code;
  }
}

/** One refused request, or one refused entry of a batch. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Codes for what does not exist, with and without the prefix of the older protocol. */
const missing =
  /(^|\.)(QueueDoesNotExist|NonExistentQueue|NotFound|NotFoundException|ResourceNotFoundException)$/;
/** Codes for a request that stays wrong however often it is repeated. */
const wrong =
  /(^|\.)(InvalidParameter|InvalidParameterValue|InvalidParameterException|InvalidMessageContents|InvalidArgumentException|BatchRequestTooLong|MissingParameter|UnsupportedOperation|ValidationError|ValidationException)$/;

/** A refusal in the library's terms. */
export function refused(service: string, refusal: Refusal): MessagingError {
  const { code, message } = refusal;
  if (missing.test(code)) return new TopologyError(`${service}: ${message}`);
  if (wrong.test(code)) return new ValidationError(`${service} refuses: ${code}: ${message}`);
  return new AwsRefusal(service, refusal);
}

/**
 * What an SDK threw, in the library's terms. Without an answer the request may have had its effect all the same.
 * @param service its name, for people
 */
export function explained(service: string, error: unknown): Error {
  if (error instanceof MessagingError || !(error instanceof Error)) return asError(error);
  if (error.name === 'CredentialsProviderError' || /^Region is missing/.test(error.message))
    return new ConfigurationError(`${service}: ${error.message}`);
  if (hasAnswer(error)) return refused(service, { code: error.name, message: error.message });
  if (error instanceof TypeError || error instanceof RangeError) return error;
  return new ConnectionLostError(`${service} has not answered: ${error.message || error.name}`);
}

/** Errors of a service come with the status of its answer; those of the network come without one. */
function hasAnswer(error: Error): boolean {
  const { $metadata, $fault } = error as { $metadata?: { httpStatusCode?: number }; $fault?: string };
  return $fault !== undefined && $metadata?.httpStatusCode !== undefined;
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
