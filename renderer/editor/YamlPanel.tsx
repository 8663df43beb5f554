import { Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import styles from './YamlPanel.module.css';

/** The editor is 4 MB: it is fetched when the YAML is first shown. */
const YamlEditor = lazy(() => import('./YamlEditor.tsx').then(({ YamlEditor }) => ({ default: YamlEditor })));

export const YamlPanel = () => (
  <Suspense
    fallback={
      <div className={styles.loading} role="status">
        <Loader size={18} /> Loading the editor
      </div>
    }
  >
    <YamlEditor />
  </Suspense>
);
