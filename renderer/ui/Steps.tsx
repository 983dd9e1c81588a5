import { IconCheck } from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import { tabStep } from './key-press.ts';
import css from './Steps.module.css';

export interface Step<Id extends string> {
  readonly id: Id;
  readonly title: string;
  /** The choice made there. */
  readonly caption: string;
}

interface StepsProps<Id extends string> {
  readonly steps: readonly Step<Id>[];
  readonly active: Id;
  readonly onStep: (step: Id) => void;
}

/** The steps of a longer task, all of them open at any time. Arrows go from one to the next. */
export function Steps<Id extends string>({ steps, active, onStep }: StepsProps<Id>) {
  const list = useRef<HTMLOListElement>(null);
  const current = steps.findIndex((step) => step.id === active);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = tabStep(event);
    const next = steps[current + by];
    if (by === 0 || next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onStep(next.id);
    list.current?.querySelectorAll<HTMLElement>('button')[current + by]?.focus();
  };
  return (
    <ol ref={list} className={css.steps} aria-label="Steps" onKeyDown={onKeyDown}>
      {steps.map((step, index) => (
        <li key={step.id} className={css.item}>
          <button
            type="button"
            className={css.step}
            aria-current={index === current ? 'step' : undefined}
            tabIndex={index === current ? 0 : -1}
            onClick={() => onStep(step.id)}
          >
            <span className={css.number} data-state={index < current ? 'passed' : index === current ? 'current' : 'ahead'}>
              {index < current ? <IconCheck size={14} aria-hidden /> : index + 1}
            </span>
            <span className={css.words}>
              <span className={css.title}>{step.title}</span>
              {step.caption !== '' && <span className={css.caption}>{step.caption}</span>}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
