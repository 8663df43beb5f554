import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../core/contract/ipc.ts';

/** Sets the application menu. Its commands are carried out by the page, which knows the document. */
export function setMenu(run: (command: MenuCommand) => void): void {
  // The page handles these keys itself, in the web app too; registering them here would run them twice.
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator && { accelerator, registerAccelerator: false }),
    click: () => run(command),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const menus: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        item('New', 'new', 'CmdOrCtrl+N'),
        item('New from template…', 'templates', 'CmdOrCtrl+Shift+N'),
        item('Open…', 'open', 'CmdOrCtrl+O'),
        separator,
        item('Save', 'save', 'CmdOrCtrl+S'),
        item('Save as…', 'saveAs', 'CmdOrCtrl+Shift+S'),
        separator,
        {
          label: 'Export',
          submenu: [
            item('SVG picture…', 'exportSvg'),
            item('PNG picture…', 'exportPng'),
            item('Mermaid flowchart…', 'exportMermaid'),
            item('Markdown document…', 'exportMarkdown'),
          ],
        },
        item('Generate…', 'generate', 'CmdOrCtrl+Enter'),
        separator,
        { role: process.platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        item('Undo', 'undo', 'CmdOrCtrl+Z'),
        item('Redo', 'redo', 'CmdOrCtrl+Y'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        item('Select all', 'selectAll', 'CmdOrCtrl+A'),
      ],
    },
    {
      label: '&View',
      submenu: [
        item('Commands', 'commands', 'CmdOrCtrl+K'),
        item('YAML', 'toggleYaml'),
        item('Fit', 'fitView'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: '&Help', submenu: [item('Keyboard shortcuts', 'shortcuts')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus));
}
