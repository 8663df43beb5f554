import { Button } from '@mantine/core';
import type { Origin } from '../../../core/design/derived.ts';
import { type ElementAddress, parseAddress } from '../../../core/design/design.ts';
import { useApp } from '../../store/store.ts';
import styles from './Inspector.module.css';

const reasons = {
  deadLetter: 'receives the messages that it cannot process',
  retry: 'holds messages until their next attempt',
} as const satisfies Record<Origin['field'], string>;

/** An element that a shorthand makes: where it comes from, and the way there. */
export function ImpliedView({
  address,
  origin,
}: {
  readonly address: ElementAddress;
  readonly origin: Origin;
}) {
  const select = useApp((state) => state.select);
  const owner = parseAddress(origin.address)?.id;
  const implied = parseAddress(address);
  const reason = origin.role === 'replay' ? 'takes the replays of its dead letters' : reasons[origin.field];
  return (
    <div className={styles.inspector}>
      <header className={styles.header}>
        <h2 className={styles.title}>
          <span>{implied?.id}</span>
        </h2>
        <p className={styles.subtitle}>
          {implied?.section === 'streams' ? 'Stream' : 'Queue'} made by the {origin.field} of {owner}
        </p>
      </header>
      <div className={styles.empty}>
        It {reason}. It is not in the file: change {origin.field} of {owner} to change or remove it.
        <Button variant="default" onClick={() => select([origin.address], 'panel', origin.field)}>
          Go to {owner}
        </Button>
      </div>
    </div>
  );
}
