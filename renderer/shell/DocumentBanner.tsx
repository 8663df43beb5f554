import { Button } from '@mantine/core';
import { IconAlertCircle, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ReviewConfig } from '../store/state/config.ts';
import { useApp } from '../store/store.ts';
import styles from './DocumentBanner.module.css';

/** What the user must know of the text as a whole: it is locked, it is no design, or git's conflict markers are in it. */
export function DocumentBanner() {
  const locked = useApp((state) => state.session?.locked);
  const valid = useApp((state) => state.shown?.valid ?? true);
  const config = useApp((state) => state.config);
  const conflict = useApp((state) => state.shown?.loaded.conflict);
  if (locked) return <Locked reason={locked.message} />;
  if (!valid) return <Invalid />;
  if (conflict) return <Conflict lines={conflict.lines} />;
  if (config.status === 'broken') return <BadConfig {...config} />;
  return null;
}

function Locked({ reason }: { readonly reason: string }) {
  return <Banner tone="note" icon={<IconLock size={16} />} text={`${reason} It is open for reading only.`} />;
}

/** Says that the canvas shows an earlier text, and leads back to it. */
function Invalid() {
  const problem = useApp((state) => state.shown?.issues[0]);
  const revert = useApp((state) => state.revertToValid);
  const canRevert = useApp((state) => state.shown?.canUndo === true && state.shown.lastValid !== undefined);
  if (!problem) return null;
  const place = problem.line === undefined ? '' : `Line ${problem.line}: `;
  return (
    <Banner tone="error" text={`${place}${problem.message} The canvas shows the last valid text.`}>
      {canRevert && (
        <Button variant="default" onClick={revert}>
          Revert to valid
        </Button>
      )}
    </Banner>
  );
}

/** Says what is wrong with the configuration of the review, and what holds instead. */
function BadConfig({ place, problems }: Extract<ReviewConfig, { status: 'broken' }>) {
  const [first] = problems;
  const at = [place, first?.at?.line, first?.at?.column].filter((part) => part !== undefined).join(':');
  const more = problems.length > 1 ? ` And ${problems.length - 1} more.` : '';
  const text = `${at} ${[first?.message, first?.hint].filter(Boolean).join(' ')}${more} Until it is mended, the recommended rules apply.`;
  return <Banner tone="warning" text={text} />;
}

function Conflict({ lines: [first, last] }: { readonly lines: readonly [number, number] }) {
  const resolve = useApp((state) => state.resolveLayoutConflict);
  const text = `Git left conflict markers in the layout, lines ${first} to ${last}. Your side is shown; the next edit removes the other.`;
  return (
    <Banner tone="warning" text={text}>
      <Button variant="default" onClick={resolve}>
        Keep my side
      </Button>
    </Banner>
  );
}

interface BannerProps {
  readonly tone: 'error' | 'warning' | 'note';
  readonly text: string;
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
}

function Banner({ tone, text, icon = <IconAlertCircle size={16} />, children }: BannerProps) {
  return (
    <div className={styles.banner} role="alert" data-tone={tone}>
      {icon}
      <span title={text}>{text}</span>
      {children}
    </div>
  );
}
