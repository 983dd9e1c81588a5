import type { TargetOption } from '#shared/model/target.ts';
import { isChanged, isInForce, optionValue } from '../../state/export-state.ts';
import { optionFault } from '../../state/option-fault.ts';
import { PairsByHand } from './PairsByHand.tsx';
import { ChatFiles } from './ChatFiles.tsx';
import { MappingsMenu } from './MappingsMenu.tsx';
import { LengthPill } from './LengthPill.tsx';
import { lengthWords } from './length-words.ts';
import { OptionField } from './OptionField.tsx';
import { StepPage } from './StepPage.tsx';
import type { ExportModel } from './use-export-model.ts';
import { targetName, valueWords } from './words.ts';
import { useOffers } from '../../ui/offers.tsx';
import { IconAdjustments, IconRestore } from '@tabler/icons-react';
import css from './OptionsStep.module.css';

const heads = {
  mapping: { title: 'Mapping', about: 'How a rollout becomes an example.' },
  sampling: { title: 'Sampling', about: 'Which of the fitting rollouts are used, and in which order.' },
} as const;

/** The options of a step as the target describes them. */
export function OptionsStep({ model, step }: { model: ExportModel; step: TargetOption['step'] }) {
  const { state, dispatch, target } = model;
  const options = target?.options.filter((option) => option.step === step && isInForce(state, target, option)) ?? [];
  useOffers(() =>
    options.flatMap((option) => [
      {
        id: `option.${option.key}`,
        title: `Set “${option.title}”…`,
        detail: `now ${valueWords(option, optionValue(state, option))}`,
        icon: IconAdjustments,
        run: () => focusOption(option.key),
      },
      ...(isChanged(state, option)
        ? [
            {
              id: `option.reset.${option.key}`,
              title: `“${option.title}” back to ${valueWords(option, option.default)}`,
              icon: IconRestore,
              run: () => dispatch({ type: 'option', key: option.key, value: undefined }),
            },
          ]
        : []),
    ]),
  );
  if (target === undefined) return null;
  return (
    <StepPage
      title={`${heads[step].title} for ${targetName(target)}`}
      about={heads[step].about}
      aside={step === 'mapping' && options.length > 0 && <MappingsMenu model={model} target={target} />}
    >
      {options.length === 0 && <p className={css.none}>Nothing to choose here: lines are kept as they are.</p>}
      {step === 'sampling' && <PairsByHand model={model} />}
      <div className={css.options}>
        {options.map((option) => {
          const value = optionValue(state, option);
          const fault = optionFault(state, model.plan.error, option);
          return (
            <div key={option.key} className={css.option}>
              <div>
                <label className={css.title} id={`option-${option.key}`} htmlFor={`field-${option.key}`}>
                  {option.title}
                </label>
                <p className={css.help}>{option.help}</p>
                {isChanged(state, option) && (
                  <button
                    type="button"
                    className={css.reset}
                    onClick={() => dispatch({ type: 'option', key: option.key, value: undefined })}
                  >
                    Back to {valueWords(option, option.default)}
                  </button>
                )}
              </div>
              <div className={css.control}>
                <OptionField
                  option={option}
                  value={value}
                  fault={fault}
                  onValue={(next) => dispatch({ type: 'option', key: option.key, value: next })}
                />
                {option.choices?.some((choice) => choice.needs !== undefined && choice.value === value) && <ChatFiles model={model} />}
                {fault !== null && fault.field === undefined && <p className={css.fault}>{fault.words}</p>}
                {option.isLength === true && <OverLength model={model} asked={Number(value)} />}
              </div>
            </div>
          );
        })}
      </div>
    </StepPage>
  );
}

/** How many examples are over the length that is asked for, or else over the one at which the trainer cuts. */
function OverLength({ model: { plan, target }, asked }: { model: ExportModel; asked: number }) {
  const tokens = asked > 0 ? asked : target?.cutsAt;
  if (lengthWords(plan.value, tokens) === null) return null;
  return (
    <p className={css.over}>
      <LengthPill plan={plan.value} tokens={tokens} />
      {asked === 0 && ' where the trainer stops by default: the configuration raises it'}
    </p>
  );
}

/** The control of an option: what has its name, or what stands in it. */
function focusOption(key: string): void {
  const control =
    document.querySelector<HTMLElement>(`#field-${CSS.escape(key)}`) ??
    document.querySelector<HTMLElement>(`[aria-labelledby~="option-${CSS.escape(key)}"]`);
  const field =
    control?.matches('input, select, textarea, button') === true
      ? control
      : control?.querySelector<HTMLElement>('input:checked, input, select, button');
  field?.focus();
}
