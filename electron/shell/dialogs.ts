import { dialog, type OpenDialogOptions } from 'electron';
import { toAppError } from '#shared/errors.ts';
import { currentWindow } from './window.ts';

/** Paths that the user chose; none when the dialog was dismissed. */
export async function choosePaths(what: 'files' | 'folder' | 'output' | 'template' | 'tokenizer'): Promise<string[]> {
  const options: Record<typeof what, OpenDialogOptions> = {
    files: {
      title: 'Open rollouts',
      properties: ['openFile', 'multiSelections'],
      filters: [
        { name: 'Rollouts', extensions: ['jsonl', 'gz', 'zst'] },
        { name: 'All files', extensions: ['*'] },
      ],
    },
    folder: { title: 'Open a folder of rollouts', properties: ['openDirectory'] },
    output: { title: 'Folder for exports', buttonLabel: 'Export here', properties: ['openDirectory', 'createDirectory'] },
    template: {
      title: 'Chat template',
      properties: ['openFile'],
      filters: [
        { name: 'chat_template.jinja, tokenizer_config.json', extensions: ['jinja', 'jinja2', 'json', 'txt'] },
        { name: 'All files', extensions: ['*'] },
      ],
    },
    tokenizer: {
      title: 'Tokenizer',
      properties: ['openFile'],
      filters: [
        { name: 'tokenizer.json', extensions: ['json'] },
        { name: 'All files', extensions: ['*'] },
      ],
    },
  };
  const window = currentWindow();
  const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options[what]) : dialog.showOpenDialog(options[what]));
  return canceled ? [] : filePaths;
}

/** Says why something that no page asked for could not be done: a drop, a file named on the command line. */
export async function sayFailure(error: unknown): Promise<void> {
  const { code, message } = toAppError(error);
  if (code === 'cancelled') return;
  const window = currentWindow();
  const box = { type: 'warning' as const, title: 'Rollscope', message };
  await (window ? dialog.showMessageBox(window, box) : dialog.showMessageBox(box));
}
