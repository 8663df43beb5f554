import { Button } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { parseAddress } from '../../../core/design/design.ts';
import { cx } from '../../cx.ts';
import type { Unknown } from '../../store/issues.ts';
import { useApp } from '../../store/store.ts';
import { labelOf } from '../inspector/fields/input.ts';
import styles from './Problems.module.css';

const MOST_NAMES = 3;

/** An attribute that rules wait for, and the way to its first empty field. */
export function UnknownRow({ unknown }: { readonly unknown: Unknown }) {
  const select = useApp((state) => state.select);
  const focusPanel = useApp((state) => state.focusPanel);
  const [first] = unknown.elements;
  const field = unknown.attribute.slice(unknown.attribute.indexOf('.') + 1);
  const names = unknown.elements.map((address) => parseAddress(address)?.id);
  const more = names.length - MOST_NAMES;
  const rules = unknown.rules.length === 1 ? 'one rule' : `${unknown.rules.length} rules`;
  return (
    <li className={cx(styles.row, styles.unknown)}>
      <span className={styles.icon}>
        <IconHelp size={15} aria-label="Unknown" />
      </span>
      <span>
        {labelOf(field)} of {names.slice(0, MOST_NAMES).join(', ')}
        {more > 0 && ` and ${more} more`} would decide {rules}.
        <span className={styles.detail}>
          <span className={styles.rule}>{unknown.rules.join(', ')}</span>
          {unknown.doc}
        </span>
      </span>
      <span />
      <Button
        variant="default"
        onClick={() => {
          if (first) select([first], 'panel', field.split('.')[0]);
          focusPanel('properties');
        }}
      >
        Fill in
      </Button>
    </li>
  );
}
