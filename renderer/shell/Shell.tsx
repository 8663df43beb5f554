import { Group, Panel, Separator, useDefaultLayout, usePanelRef } from 'react-resizable-panels';
import { Canvas } from '../canvas/Canvas.tsx';
import { YamlPanel } from '../editor/YamlPanel.tsx';
import { BottomPanel } from '../panels/BottomPanel.tsx';
import { Inspector } from '../panels/inspector/Inspector.tsx';
import { LeftPanel } from '../panels/LeftPanel.tsx';
import { StartScreen } from '../start/StartScreen.tsx';
import { useApp } from '../store/store.ts';
import { BottomPanelContext } from './bottom.ts';
import { DocumentBanner } from './DocumentBanner.tsx';
import { Rail } from './Rail.tsx';
import styles from './Shell.module.css';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';
import { NARROW, useLeftPanel } from './useLeftPanel.ts';
import { usePanelFocus } from './usePanelFocus.ts';

/** The frame of the window. Panels remember their sizes. */
export function Shell() {
  usePanelFocus();
  const hasDocument = useApp((state) => state.session !== undefined);
  return (
    <div className={styles.shell}>
      <TopBar />
      {hasDocument ? (
        <div className={styles.body}>
          <Rail />
          <Columns />
        </div>
      ) : (
        <StartScreen />
      )}
      <StatusBar />
    </div>
  );
}

function Columns() {
  const layout = useDefaultLayout({ id: 'brokerloom.columns' });
  const narrow = window.innerWidth < NARROW;
  const left = useLeftPanel();
  return (
    <Group {...layout}>
      <Panel
        id="left"
        defaultSize={narrow ? 176 : 216}
        minSize={168}
        maxSize={360}
        collapsible
        collapsedSize={0}
        panelRef={left.panel}
        onResize={left.onResize}
        groupResizeBehavior="preserve-pixel-size"
      >
        <section className={styles.panel} aria-label="Palette and outline" data-panel="outline">
          <LeftPanel />
        </section>
      </Panel>
      <Separator className={styles.separator} />
      <Panel id="center" minSize={300}>
        <Rows />
      </Panel>
      <Separator className={styles.separator} />
      <Panel
        id="right"
        defaultSize={narrow ? 284 : 320}
        minSize={256}
        maxSize={520}
        groupResizeBehavior="preserve-pixel-size"
      >
        <aside className={styles.panel} aria-label="Properties" data-panel="properties">
          <Inspector />
        </aside>
      </Panel>
    </Group>
  );
}

/** Height of the bottom panel's tabs, which stay when it is closed, in px. */
const TABS_HEIGHT = 36;

function Rows() {
  const layout = useDefaultLayout({ id: 'brokerloom.rows' });
  const bottom = usePanelRef();
  const setBottomOpen = useApp((state) => state.setBottomOpen);
  return (
    <Group {...layout} orientation="vertical">
      <Panel id="work" minSize={160}>
        <WorkArea />
      </Panel>
      <Separator className={styles.separator} />
      <Panel
        id="bottom"
        defaultSize={210}
        minSize={120}
        collapsible
        collapsedSize={TABS_HEIGHT}
        groupResizeBehavior="preserve-pixel-size"
        panelRef={bottom}
        onResize={({ inPixels }) => setBottomOpen(inPixels > TABS_HEIGHT + 8)}
      >
        <section
          className={styles.panel}
          aria-label="Problems, checklist and generated files"
          data-panel="bottom"
        >
          <BottomPanelContext value={bottom}>
            <BottomPanel />
          </BottomPanelContext>
        </section>
      </Panel>
    </Group>
  );
}

function WorkArea() {
  const yaml = useApp((state) => state.yamlOpen);
  const layout = useDefaultLayout({
    id: 'brokerloom.work',
    panelIds: yaml ? ['canvas', 'yaml'] : ['canvas'],
  });
  return (
    <Group key={yaml ? 'split' : 'single'} {...layout}>
      <Panel id="canvas" minSize={180}>
        <main className={styles.canvasColumn} aria-label="Canvas" data-panel="canvas">
          <DocumentBanner />
          <Canvas />
        </main>
      </Panel>
      {yaml && (
        <>
          <Separator className={styles.separator} />
          <Panel id="yaml" defaultSize="46%" minSize={200}>
            <section className={styles.panel} aria-label="YAML" data-panel="yaml">
              <YamlPanel />
            </section>
          </Panel>
        </>
      )}
    </Group>
  );
}
