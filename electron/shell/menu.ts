import { Menu, type MenuItemConstructorOptions } from 'electron';
import { choosePaths } from './dialogs.ts';

/** The system's usual menus, and Open. */
export function setMenu(open: (paths: readonly string[]) => void): void {
  const choose = (what: 'files' | 'folder') => (): void => {
    void choosePaths(what).then((paths) => {
      if (paths.length > 0) open(paths);
    });
  };
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Open…', accelerator: 'CmdOrCtrl+O', click: choose('files') },
        { label: 'Open Folder…', accelerator: 'CmdOrCtrl+Shift+O', click: choose('folder') },
        { type: 'separator' },
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    { role: 'viewMenu' },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
