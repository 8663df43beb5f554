import '@mantine/notifications/styles.css';
import { Notifications, notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useApp } from '../store/store.ts';
import styles from './Shell.module.css';

const colours = { error: 'red', info: 'gray', success: 'teal' } as const;

/** Messages that pass. */
export function Toasts() {
  const notice = useApp((state) => state.notice);
  useEffect(() => {
    if (!notice) return;
    const { tone, title, detail } = notice.value;
    notifications.show({
      color: colours[tone],
      title,
      message: detail,
      autoClose: tone === 'error' ? 8000 : 3500,
    });
  }, [notice]);
  return <Notifications position="top-center" limit={3} className={styles.toasts} transitionDuration={120} />;
}
