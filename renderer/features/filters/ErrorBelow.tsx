import type { AppError } from '#shared/errors.ts';
import css from './ExpressionLine.module.css';

interface ErrorBelowProps {
  readonly id: string;
  readonly text: string;
  readonly error: AppError;
  readonly onReplace: (text: string, caret: number) => void;
}

/** What is wrong with a line, under the character where it is, and what would mend it. */
export function ErrorBelow({ id, text, error, onReplace }: ErrorBelowProps) {
  const at = error.details.at ?? text.length;
  const mend = (suggestion: string): void => {
    const rest = text.slice(at).replace(/^(?:`[^`]*`|"[^"]*"|[^\s()<>=!~,]+)/u, '');
    onReplace(`${text.slice(0, at)}${suggestion}${rest}`, at + suggestion.length);
  };
  return (
    <div className={css.error} id={id} role="alert">
      <p>{error.message}</p>
      <pre>
        {text}
        {'\n'}
        <span aria-hidden>{`${' '.repeat(at)}^`}</span>
      </pre>
      {(error.details.suggestions ?? []).map((suggestion) => (
        <button
          key={suggestion}
          type="button"
          onPointerDown={(event) => {
            event.preventDefault();
            mend(suggestion);
          }}
        >
          {suggestion}
        </button>
      ))}
    </div>
  );
}
