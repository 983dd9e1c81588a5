import { JsonNumber, type JsonObject, type JsonValue, writeJson } from '#shared/model/json.ts';
import { CellKind, type Column } from '../index/types.ts';
import { canonicalConversation, type Conversation, parseRollout, type Reasoning } from '../rollout/index.ts';
import { outputFields } from './output-fields.ts';
import type { ExportSource } from './types.ts';

/** One row of the source, read no further than its target asks. */
export class Rollout {
  private parsed: JsonObject | undefined;

  constructor(
    private readonly source: ExportSource,
    readonly row: number,
  ) {}

  /** The bytes of its line. Fails with `changed` when the file is no longer what was read. */
  line(): Uint8Array {
    return this.source.index.readLine(this.row);
  }

  /** The row itself, numbers as written. Fails with JsonDepthError. */
  object(): JsonObject {
    return (this.parsed ??= parseRollout(this.line()));
  }

  conversation(reasoning: Reasoning, given: 'parsed' | 'text' = 'parsed'): Conversation {
    return canonicalConversation(this.object(), { reasoning, arguments: given });
  }

  /**
   * The planned input of this rollout, where there is one that asks the same: of equal indices alone it may be of another run.
   * Fails with JsonDepthError.
   */
  plannedTask(): JsonObject | undefined {
    const planned = this.source.planned?.read(this.row);
    return planned && asked(planned) === asked(this.object()) ? planned : undefined;
  }

  /** What a column holds: undefined where the row lacks it, or there is no such column. */
  cell(name: string): JsonValue | undefined {
    const column = this.source.column(name);
    return column && cellValue(column, this.row);
  }

  /** Fields that say how an attempt went: see `outputFields`. */
  outputFields(): ReadonlySet<string> {
    return outputFields(this.source);
  }

  /** Number of the line in its file, from 1. */
  lineNumber(): number {
    return this.source.index.place(this.row).line;
  }
}

/** The request as chat messages: what differs in the file but says the same is the same. */
function asked({ responses_create_params: request = null }: JsonObject): string {
  const { messages } = canonicalConversation({ responses_create_params: request }, { reasoning: 'inline', arguments: 'text' });
  return writeJson(messages);
}

/** Lists and objects are no cells to export: their path in the row gives them whole. */
function cellValue(column: Column, row: number): JsonValue | undefined {
  switch (column.kinds()[row]) {
    case CellKind.null:
      return null;
    case CellKind.boolean:
      return column.numbers()[row] === 1;
    case CellKind.number:
      return column.numbers()[row];
    case CellKind.exact: {
      const text = column.text(row);
      return text === undefined ? undefined : new JsonNumber(text);
    }
    case CellKind.string:
      return column.text(row) ?? '';
    default:
      return undefined;
  }
}
