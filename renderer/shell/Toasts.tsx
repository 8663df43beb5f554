import '@mantine/notifications/styles.css';
import { Notifications, notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import { useApp } from '../store/store.ts';
import styles from './Shell.module.css';

const colours = { error: 'red', info: 'gray', success: 'teal' } as const;

/** Messages that pass. */
export function Toasts() {
  const notice = useApp((state) => state.notice);
  const last = useRef<string>(undefined);
  useEffect(() => {
    if (!notice) return;
    const { tone, title, detail } = notice.value;
    // A series of actions would cover the canvas with what each of them did; errors wait to be read.
    if (last.current !== undefined) notifications.hide(last.current);
    const id = notifications.show({
      color: colours[tone],
      title,
      message: detail,
      autoClose: tone === 'error' ? 8000 : 3500,
    });
    last.current = tone === 'error' ? undefined : id;
  }, [notice]);
  return <Notifications position="top-center" limit={3} className={styles.toasts} transitionDuration={120} />;
}
