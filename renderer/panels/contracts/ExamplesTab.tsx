import { Button } from '@mantine/core';
import { IconCheck, IconHelp, IconPlus, IconX } from '@tabler/icons-react';
import { sampleOf } from '../../../core/messages/sample.ts';
import type { Schema } from '../../../core/messages/schema.ts';
import { useApp } from '../../store/store.ts';
import type { ContractFacts } from './facts.ts';
import { ValueEditor } from './ValueEditor.tsx';
import styles from './Verdicts.module.css';

/** The examples beside the verdict of the schema on each; tests, the demo and the load generator send them. */
export function ExamplesTab({ facts: { id, message, examples } }: { readonly facts: ContractFacts }) {
  const run = useApp((state) => state.run);
  const valid = useApp((state) => state.shown?.valid === true);
  const values = message.examples ?? [];
  const add = (schema: Schema): void =>
    void run('message.set', { message: id, field: 'examples', value: [...values, sampleOf(schema)] });
  return (
    <div className={styles.split}>
      <ValueEditor key={id} message={id} field="examples" value={values} schema={message.schema} />
      <ul className={styles.verdicts} aria-label="Verdict of the schema">
        {examples.status === 'unknown' ? (
          <li>
            <IconHelp size={15} color="var(--dim)" aria-label="Unknown" />
            <span>{examples.reason}</span>
          </li>
        ) : (
          examples.verdicts.map((verdict, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: examples have no identity but their place
            <li key={index} data-fits={verdict.fits}>
              {verdict.fits ? (
                <IconCheck size={15} color="var(--ok)" aria-label="Fits" />
              ) : (
                <IconX size={15} color="var(--err)" aria-label="Does not fit" />
              )}
              <span>
                Example {index + 1}
                {verdict.fits ? ' fits the schema.' : ': '}
                {!verdict.fits && (
                  <>
                    {verdict.pointer && <code>{verdict.pointer}</code>} {verdict.reason}
                  </>
                )}
              </span>
            </li>
          ))
        )}
        {values.length === 0 && (
          <li>
            <span>No examples yet. Tests, the demo and the load generator send them.</span>
          </li>
        )}
        {message.schema && (
          <li>
            <Button
              className={styles.sample}
              variant="default"
              size="compact-sm"
              leftSection={<IconPlus size={14} />}
              disabled={!valid}
              onClick={() => add(message.schema ?? true)}
            >
              Add one from the schema
            </Button>
          </li>
        )}
      </ul>
    </div>
  );
}
