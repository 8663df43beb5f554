import { Button } from '@mantine/core';
import { IconCheck, IconHelp, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { message as messageKind } from '../../../core/kinds/message/index.ts';
import type { VersionCheck } from '../../../core/messages/compatibility.ts';
import { jsonText } from '../../../core/text/json.ts';
import { useApp } from '../../store/store.ts';
import { Choice } from '../inspector/fields/Choice.tsx';
import contracts from './Contracts.module.css';
import type { ContractFacts } from './facts.ts';
import styles from './Verdicts.module.css';

const FileView = lazy(() =>
  import('../../editor/FileView.tsx').then(({ FileView }) => ({ default: FileView })),
);

const { editor } = messageKind.attributes.compatibility;
const modes = editor.type === 'enum' ? editor.values : [];

/** The versions of a message, whether they can be read by each other, and what differs. */
export function VersionsTab({ facts }: { readonly facts: ContractFacts }) {
  const { id, message, version, checks, mode } = facts;
  const run = useApp((state) => state.run);
  const valid = useApp((state) => state.shown?.valid === true);
  const earlier = [...new Set(checks.map((check) => check.earlier))];
  const [chosen, choose] = useState<number>();
  const shown = chosen !== undefined && earlier.includes(chosen) ? chosen : earlier[0];
  const old = message.versions?.find((one) => one.version === shown);
  return (
    <div className={styles.split} data-wide>
      <div className={styles.checks}>
        <div className={styles.mode}>
          <label htmlFor={`mode-${id}`}>Compatibility</label>
          <Choice
            id={`mode-${id}`}
            options={modes.map((value) => ({ value, label: value }))}
            value={message.compatibility}
            fallback={`${mode} (default)`}
            disabled={!valid}
            onChange={(value) =>
              run('element.set', { address: `messages/${id}`, field: ['compatibility'], value })
            }
          />
          <Button
            variant="default"
            disabled={!valid || message.schema === undefined}
            onClick={() => run('message.version', { message: id })}
          >
            Begin version {version + 1}
          </Button>
        </div>
        {earlier.length === 0 && (
          <p className={contracts.note}>
            Only version {version} exists. Before its schema changes in a way that readers notice, begin a new
            version: the present one is kept and compared with.
          </p>
        )}
        <ul className={styles.verdicts} aria-label="Compatibility">
          {checks.map((check) => (
            <Check key={`${check.earlier} ${check.direction}`} check={check} />
          ))}
        </ul>
      </div>
      {old && (
        <section className={styles.difference} aria-label="Difference">
          <header>
            {earlier.map((one) => (
              <button key={one} type="button" aria-pressed={one === shown} onClick={() => choose(one)}>
                v{one} → v{version}
              </button>
            ))}
          </header>
          <Suspense fallback={<p className={contracts.note}>Loading the editor</p>}>
            <FileView
              path={`${id}.json`}
              before={jsonText(old.schema ?? null)}
              after={jsonText(message.schema ?? null)}
            />
          </Suspense>
        </section>
      )}
    </div>
  );
}

const icons = {
  compatible: <IconCheck size={15} color="var(--ok)" aria-label="Compatible" />,
  breaking: <IconX size={15} color="var(--err)" aria-label="Breaking" />,
  unknown: <IconHelp size={15} color="var(--dim)" aria-label="Unknown" />,
} as const;

/** What a verdict means for who reads one version and gets another. */
const words = {
  compatible: (reader: number, written: number) => `Readers of v${reader} accept v${written}.`,
  breaking: (reader: number, written: number) => `Readers of v${reader} may refuse v${written}:`,
  unknown: (reader: number, written: number) =>
    `Whether readers of v${reader} accept v${written} cannot be told:`,
} as const;

function Check({ check }: { readonly check: VersionCheck }) {
  const { earlier, current, direction, isAsked, verdict, obstacles } = check;
  const [reader, written] = direction === 'backward' ? [current, earlier] : [earlier, current];
  return (
    <li data-asked={isAsked} data-verdict={verdict}>
      {icons[verdict]}
      <span>
        {words[verdict](reader, written)}
        <i>{isAsked ? `${direction}, asked for` : `${direction}, not asked for`}</i>
        {obstacles.map(({ pointer, message }) => (
          <span key={`${pointer} ${message}`} className={styles.obstacle}>
            {pointer && <code>{pointer}</code>} {message}
          </span>
        ))}
      </span>
    </li>
  );
}
