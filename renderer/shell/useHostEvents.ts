import { useEffect } from 'react';
import type { MenuCommand } from '../../core/contract/ipc.ts';
import type { ActionDefinition } from '../actions/action.ts';
import { type ActionId, actions } from '../actions/registry.ts';
import { warmUp } from '../canvas/layout/elk.ts';
import type { Host } from '../host/host.ts';
import { useAppStore } from '../store/store.ts';

/** Actions behind the entries of the application menu. */
const menu = {
  new: 'file.new',
  open: 'file.open',
  save: 'file.save',
  saveAs: 'file.saveAs',
  templates: 'file.templates',
  exportSvg: 'export.svg',
  exportPng: 'export.png',
  exportMermaid: 'export.mermaid',
  exportMarkdown: 'export.markdown',
  generate: 'generate',
  undo: 'edit.undo',
  redo: 'edit.redo',
  selectAll: 'edit.selectAll',
  toggleYaml: 'view.yaml',
  fitView: 'view.fit',
  commands: 'view.commands',
  shortcuts: 'view.shortcuts',
} as const satisfies Record<MenuCommand, ActionId>;

/** Carries out what the host asks of the page. */
export function useHostEvents(host: Host): void {
  const store = useAppStore();
  useEffect(() => {
    const stops = [
      host.onAppMenuCommand(({ command }) => {
        const action: ActionDefinition = actions[menu[command]];
        if (action.enabled?.(store.getState()) ?? true) action.run(store.getState());
      }),
      host.onDesignOpenRequested(({ doc }) => void store.getState().openListed(doc)),
      host.onDesignChangedOnDisk(({ doc, text, hash }) =>
        store.getState().changedOnDisk(doc, { text, hash }),
      ),
      host.onReviewConfigChanged(({ doc }) => void store.getState().configChanged(doc)),
      host.onAppSaveRequested(async () => {
        await host.appConfirmClose({ saved: await store.getState().save() });
      }),
    ];
    warmUp();
    void store.getState().start();
    return () => {
      for (const stop of stops) stop();
    };
  }, [host, store]);
}
