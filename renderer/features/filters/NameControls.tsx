import { TextInput } from '@mantine/core';
import css from './ChipEditor.module.css';

interface NameControlsProps {
  readonly label: string;
  readonly name: string;
  /** Names there are; any other can be typed. */
  readonly known: readonly { readonly name: string; readonly detail: string }[];
  readonly onChange: (name: string) => void;
}

/** One name, typed or picked. */
export function NameControls({ label, name, known, onChange }: NameControlsProps) {
  return (
    <div className={css.pattern}>
      <TextInput label={label} data-autofocus spellCheck={false} value={name} onChange={(event) => onChange(event.currentTarget.value)} />
      {known.length > 0 && (
        <ul className={css.values} aria-label={label}>
          {known.map((each) => (
            <li key={each.name}>
              <button type="button" aria-pressed={each.name === name} onClick={() => onChange(each.name)}>
                <span>{each.name}</span>
                <span className={css.count}>{each.detail}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
