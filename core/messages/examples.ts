import { Validator } from '@cfworker/json-schema';
import { outsideReference, type Schema } from './schema.ts';

/** How one example stands to its schema. */
export type ExampleVerdict =
  | { readonly fits: true }
  /** @param pointer JSON pointer into the example; @param reason what the schema asks for there. */
  | { readonly fits: false; readonly pointer: string; readonly reason: string };

/** What can be said about the examples of a message. */
export type ExampleCheck =
  | { readonly status: 'checked'; readonly verdicts: readonly ExampleVerdict[] }
  /** Nothing can be said: there is no schema, it refers to another file, or it is none. */
  | { readonly status: 'unknown'; readonly reason: string };

/** Validates examples against the schema of their message (JSON Schema 2020-12). */
export function checkExamples(schema: Schema | undefined, examples: readonly unknown[]): ExampleCheck {
  if (schema === undefined) return { status: 'unknown', reason: 'The message has no schema.' };
  const outside = outsideReference(schema);
  if (outside !== undefined)
    return {
      status: 'unknown',
      reason: `The schema refers to ${JSON.stringify(outside)}, which is not read.`,
    };
  try {
    const validator = new Validator(schema, '2020-12', false);
    return {
      status: 'checked',
      verdicts: examples.map((example) => {
        // The last error is the innermost: the ones before it say that what holds it does not fit either.
        const error = validator.validate(example).errors.at(-1);
        return error
          ? { fits: false, pointer: error.instanceLocation.slice(1), reason: error.error }
          : { fits: true };
      }),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { status: 'unknown', reason: `The schema cannot be used: ${reason}` };
  }
}
