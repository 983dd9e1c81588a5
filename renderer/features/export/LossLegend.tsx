import type { TrainedExample } from '#shared/model/training.ts';
import { formatCount } from '../../ui/format.ts';
import css from './LossLegend.module.css';

/** What the marks mean, and how many tokens are of each. */
export function LossLegend({ example: { loss, texts, tokenizer } }: { example: TrainedExample }) {
  const about = tokenizer === null ? '≈ ' : '';
  const tokens = texts.reduce((sum, text) => sum + text.tokens, 0);
  const trained = texts.reduce((sum, text) => sum + text.trainedTokens, 0);
  if (loss === 'unknown') return null;
  if (loss !== 'tokens') {
    return (
      <span className={css.legend}>
        {loss === 'score' ? 'scored as a whole' : 'nothing trained'} · {about}
        {formatCount(tokens)} tokens
      </span>
    );
  }
  return (
    <span className={css.legend}>
      <mark className={css.trained} aria-hidden />
      trained {about}
      {formatCount(trained)}
      <span className={css.masked} aria-hidden />
      masked {about}
      {formatCount(tokens - trained)}
    </span>
  );
}
