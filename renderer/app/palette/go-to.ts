import { IconBook, IconFilterMinus, IconHash, IconLayersSubtract, IconListNumbers } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { oneOfCondition } from '#shared/model/expression/index.ts';
import { toAppError } from '#shared/errors.ts';
import { useDataset } from '../../data/dataset-context.tsx';
import { useCall } from '../../data/client.tsx';
import { useRequest } from '../../data/use-request.ts';
import { useRowAtLine } from '../../data/use-invalid-lines.ts';
import { useSteadyView } from '../../state/use-view.tsx';
import { choicesOf } from '../../state/choices.ts';
import { formatCount, plural } from '../../ui/format.ts';
import { useSay } from '../say.tsx';
import type { Command } from '../../ui/command.ts';

const mostFiles = 8;

/** `:3421`: that line of each file. A row that the filter leaves out is opened, for the list cannot show it. */
export function useLineCommands(query: string): Command[] {
  const { view, dispatch } = useSteadyView();
  const { dataset, state } = useDataset();
  const call = useCall();
  const rowAtLine = useRowAtLine();
  const say = useSay();
  const line = /^:\s*([\d,]+)$/.exec(query)?.[1]?.replaceAll(',', '');

  const go = useCallback(
    async (file: string, wanted: number, reads: boolean): Promise<void> => {
      const row = await rowAtLine(file, wanted);
      if (row === null) {
        say(`${file} has no line ${formatCount(wanted)}.`);
        return;
      }
      dispatch({ type: 'lens', lens: 'rollouts' });
      if (reads) {
        dispatch({ type: 'read', row });
        return;
      }
      const { position } = await call('rows.find', { dataset, query: { filter: view.filter, sort: view.sort }, row });
      dispatch(position === null || view.reader !== null ? { type: 'read', row } : { type: 'select', row });
    },
    [rowAtLine, say, dispatch, call, dataset, view.filter, view.sort, view.reader],
  );

  return useMemo(() => {
    if (line === undefined) return [];
    const wanted = Number(line);
    const run = (path: string, to: number, reads: boolean) => (): void => {
      if (to < wanted) say(`${path} has no line ${formatCount(wanted)}: this is the last.`);
      go(path, to, reads).catch((thrown: unknown) => say(toAppError(thrown).message));
    };
    return state.files.slice(0, mostFiles).map(({ path, lines }): Command => {
      // A file that is still read may come to have it.
      const isBeyond = lines > 0 && wanted > lines && state.phase !== 'reading';
      const to = isBeyond ? lines : Math.max(1, wanted);
      return {
        id: `line.${path}`,
        title: isBeyond ? `The last line, ${formatCount(to)}` : `Line ${formatCount(to)}`,
        detail: isBeyond ? `${path} has no line ${formatCount(wanted)}` : `${path} · ${plural(lines, 'line')}`,
        icon: IconListNumbers,
        run: run(path, to, false),
        more: [
          { id: `line.show.${path}`, title: 'Show it in the list', icon: IconListNumbers, run: run(path, to, false) },
          { id: `line.read.${path}`, title: 'Read it', icon: IconBook, run: run(path, to, true) },
        ],
      };
    });
  }, [line, state.files, state.phase, go, say]);
}

/** `#542`: the rollouts of a task, in place of those of another. */
export function useTaskCommands(query: string): Command[] {
  const { view, dispatch } = useSteadyView();
  const { dataset } = useDataset();
  const task = /^#\s*(\S.*)$/.exec(query)?.[1]?.trim();
  const condition = task === undefined ? null : oneOfCondition('task', [task]);
  const { index } = choicesOf(view.filter, 'task');
  const count = useRequest(
    'rows.page',
    condition === null ? null : { dataset, query: { filter: [condition], sort: [] }, draft: [], range: { start: 0, end: 0 }, columns: [] },
  ).value?.total;
  if (condition === null || task === undefined) return [];
  const show = (lens: 'rollouts' | 'groups') => (): void => {
    dispatch({ type: 'lens', lens });
    dispatch({ type: 'filter.set', filter });
  };
  const filter = index === null ? [...view.filter, condition] : view.filter.map((held, at) => (at === index ? condition : held));
  return [
    {
      id: 'task',
      title: `Rollouts of task ${task}`,
      ...(count === undefined ? {} : { detail: count === 0 ? 'there are none' : plural(count, 'rollout') }),
      icon: IconHash,
      run: show('rollouts'),
      more: [
        { id: 'task.rollouts', title: `Rollouts of task ${task}`, icon: IconHash, run: show('rollouts') },
        { id: 'task.group', title: `Task ${task} as a group`, icon: IconLayersSubtract, run: show('groups') },
        {
          id: 'task.out',
          title: `Leave task ${task} out`,
          icon: IconFilterMinus,
          run: () => dispatch({ type: 'filter.add', condition: `not ${condition}` }),
        },
      ],
    },
  ];
}
