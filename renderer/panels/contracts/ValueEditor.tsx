import { lazy, Suspense, useState } from 'react';
import type { Schema } from '../../../core/messages/schema.ts';
import { useApp } from '../../store/store.ts';
import styles from './Contracts.module.css';

/** The editor is 4 MB: it is fetched when the first contract is shown. */
const JsonEditor = lazy(() =>
  import('../../editor/JsonEditor.tsx').then(({ JsonEditor }) => ({ default: JsonEditor })),
);

interface ValueEditorProps {
  readonly message: string;
  readonly field: 'schema' | 'examples';
  readonly value: unknown;
  readonly schema?: Schema | undefined;
}

/** The schema or the examples of a message as JSON; what is typed goes into the design by a command. */
export function ValueEditor({ message, field, value, schema }: ValueEditorProps) {
  const attempt = useApp((state) => state.attempt);
  const valid = useApp((state) => state.shown?.valid === true);
  const [error, setError] = useState<string>();
  return (
    <div className={styles.value}>
      <Suspense
        fallback={
          <p className={styles.note} role="status">
            Loading the editor
          </p>
        }
      >
        <JsonEditor
          role={field}
          of={message}
          label={`${field === 'schema' ? 'Schema' : 'Examples'} of ${message}`}
          value={value}
          schema={schema}
          readOnly={!valid}
          onChange={(next) => setError(attempt('message.set', { message, field, value: next })?.message)}
          onError={setError}
        />
      </Suspense>
      {error !== undefined && (
        <p className={styles.error} role="alert">
          Not in the design yet: {error}
        </p>
      )}
    </div>
  );
}
