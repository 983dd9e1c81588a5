import { ActionIcon, Tooltip } from '@mantine/core';
import { IconKeyboard, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { useFocus } from '../../data/focus-context.tsx';
import { useSettings } from '../../data/use-settings.tsx';
import { barLength, binTone } from '../../ui/bars.ts';
import { formatTick } from '../../ui/format.ts';
import { positionOf } from '../../ui/bounds.ts';
import { useBounds } from './use-bounds.ts';
import css from './Spine.module.css';

const barWidth = 24;
const plotHeight = 300;

/** The rail at its narrowest: the same histogram on its side, high values above, with the pass mark across. */
export function Spine({ onOpen, onKeys }: { onOpen: () => void; onKeys: () => void }) {
  const { metric, histogram, range, passMark } = useFocus();
  const { settings } = useSettings();
  const { bounds, isDraft } = useBounds();
  const divide = isDraft ? bounds : { min: passMark, max: null };
  const longest = Math.max(0, ...(histogram?.all ?? []));

  return (
    <aside className={css.spine} aria-label="Distribution">
      <Tooltip label="Open the rail  ]" position="right">
        <ActionIcon aria-label="Open the rail" onClick={onOpen}>
          <IconLayoutSidebarLeftExpand size={16} />
        </ActionIcon>
      </Tooltip>
      {metric !== null && histogram !== undefined && (
        <button type="button" className={css.chart} onClick={onOpen} tabIndex={-1} title={`Distribution of ${metric.name}`}>
          <span className={css.name}>{metric.name}</span>
          <svg width={36} height={plotHeight} aria-hidden>
            {histogram.counts.map((count, bin) => {
              const low = histogram.edges[bin] ?? 0;
              const high = histogram.edges[bin + 1] ?? low;
              const top = (1 - positionOf(high, histogram)) * plotHeight;
              const height = (positionOf(high, histogram) - positionOf(low, histogram)) * plotHeight;
              const { side, step } = binTone(low, high, divide, range);
              const length = count === 0 ? 0 : Math.max(2, barLength(count, longest, settings.logCounts) * barWidth);
              return (
                <rect
                  key={low}
                  className={css.bar}
                  data-side={side}
                  data-step={step}
                  x={6.5}
                  y={top + 1.5}
                  width={length}
                  height={Math.max(1, height - 2)}
                />
              );
            })}
            {divide.min !== null && (
              <line
                className={css.mark}
                x1={2}
                x2={34}
                y1={(1 - positionOf(divide.min, histogram)) * plotHeight}
                y2={(1 - positionOf(divide.min, histogram)) * plotHeight}
              />
            )}
          </svg>
          {divide.min !== null && <span className={css.label}>{formatTick(divide.min)}</span>}
        </button>
      )}
      <span className={css.push} />
      <Tooltip label="Keys  ?" position="right">
        <ActionIcon aria-label="Keys" onClick={onKeys}>
          <IconKeyboard size={16} />
        </ActionIcon>
      </Tooltip>
    </aside>
  );
}
