import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import './theme/tokens.css';
import { MantineProvider } from '@mantine/core';
import { useState } from 'react';
import { useShortcuts } from './actions/useShortcuts.ts';
import { ConflictDialog } from './dialogs/ConflictDialog.tsx';
import { ExplainDialog } from './dialogs/ExplainDialog.tsx';
import { GenerateDialog } from './dialogs/GenerateDialog.tsx';
import { RecoveredDialog } from './dialogs/RecoveredDialog.tsx';
import { ShortcutsDialog } from './dialogs/ShortcutsDialog.tsx';
import { SearchDialog } from './dialogs/search/SearchDialog.tsx';
import { TemplatesDialog } from './dialogs/TemplatesDialog.tsx';
import type { Host } from './host/host.ts';
import { HostContext } from './panels/hostContext.ts';
import { Crash } from './shell/Crash.tsx';
import { ExportProgress } from './shell/ExportProgress.tsx';
import { Shell } from './shell/Shell.tsx';
import { Toasts } from './shell/Toasts.tsx';
import { useHostEvents } from './shell/useHostEvents.ts';
import { DropTarget } from './start/DropTarget.tsx';
import { createAppStore, StoreContext } from './store/store.ts';
import { ThemeSync } from './theme/ThemeMenu.tsx';
import { theme } from './theme/theme.ts';

/** The page. The host is whatever runs it: the desktop app or the browser. */
export function App({ host }: { readonly host: Host }) {
  const [store] = useState(() => createAppStore(host));
  return (
    <HostContext value={host}>
      <StoreContext value={store}>
        <MantineProvider theme={theme} defaultColorScheme="auto">
          <Crash>
            <Window host={host} />
          </Crash>
        </MantineProvider>
      </StoreContext>
    </HostContext>
  );
}

function Window({ host }: { readonly host: Host }) {
  useHostEvents(host);
  useShortcuts();
  return (
    <>
      <Shell />
      <GenerateDialog />
      <ShortcutsDialog />
      <TemplatesDialog />
      <ExplainDialog />
      <ConflictDialog />
      <RecoveredDialog />
      <SearchDialog dialog="commands" />
      <SearchDialog dialog="elements" />
      <Toasts />
      <DropTarget />
      <ExportProgress />
      <ThemeSync />
    </>
  );
}
