import { AppError } from '#shared/errors.ts';
import { parseExpression, type Expression } from '#shared/model/expression/index.ts';

/** The expression, or null where the text is none: for reading back conditions that may be anything. */
export function tryParse(condition: string): Expression | null {
  try {
    return parseExpression(condition);
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-input') return null;
    throw error;
  }
}
