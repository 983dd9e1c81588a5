import { ActionIcon } from '@mantine/core';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { unfitOf } from '../../state/export-state.ts';
import type { ExportModel } from './use-export-model.ts';
import css from './Recipe.module.css';

const shownChars = 60;
const short = (text: string): string => (text.length > shownChars ? `${text.slice(0, shownChars - 1)}…` : text);

/** Says what the address wants that no target takes, and is not in the recipe therefore. Putting it away takes it out of the address. */
export function UnfitNotice({ model: { state, targets, target, dispatch } }: { model: ExportModel }) {
  if (target === undefined) return null;
  const unfit = unfitOf(state, targets);
  const said = [
    ...(unfit.target === null ? [] : [`the target ${short(unfit.target)}`]),
    ...unfit.options.map((key) => `${short(key)}: ${short(JSON.stringify(state.options[key]))}`),
  ];
  if (said.length === 0) return null;
  const putAway = (): void => {
    if (unfit.target !== null) dispatch({ type: 'target', target: target.target });
    for (const key of unfit.options) dispatch({ type: 'option', key, value: undefined });
  };
  return (
    <div className={css.notice} data-refused>
      <IconAlertTriangle size={16} aria-hidden />
      <p role="alert">{`The address asks for what no export takes, and it was left out: ${said.slice(0, 5).join(', ')}.`}</p>
      <ActionIcon aria-label="Put away" onClick={putAway}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}
