import { useEffect, useState } from 'react';
import type { Opened } from '../core/contract/ipc.ts';
import type { Host } from './host/host.ts';

/** The page: shows the document the app was started with. */
export function App({ host }: { readonly host: Host }) {
  const [opened, setOpened] = useState<Opened>();
  useEffect(() => {
    void host.appStart({}).then(({ initial }) => {
      if (initial?.status === 'opened') setOpened(initial);
    });
  }, [host]);
  return (
    <main>
      <h1>{opened?.name ?? 'Brokerloom'}</h1>
      <pre>{opened?.text}</pre>
    </main>
  );
}
