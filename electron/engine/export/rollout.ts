import { type JsonObject, type JsonValue, writeJson } from '#shared/model/json.ts';
import { canonicalConversation, type Conversation, parseRollout, type Reasoning } from '../rollout/index.ts';

/** What a rollout is read from: the dataset, or what a thread was sent of it. */
export interface RolloutAccess {
  /** The bytes of a line. Fails with `changed` when the file is no longer what was read. */
  line(row: number): Uint8Array;
  /** Number of the line in its file, from 1. */
  lineNumber(row: number): number;
  /** What a column holds: undefined where the row lacks it, or there is no such column. */
  cell(row: number, column: string): JsonValue | undefined;
  /** Fields that say how an attempt went: see `outputFields`. */
  outputFields(): ReadonlySet<string>;
  /** The planned input of the same indices, where there is one. */
  planned(row: number): JsonObject | undefined;
}

/** One row of the source, read no further than its target asks. */
export class Rollout {
  private parsed: JsonObject | undefined;

  constructor(
    private readonly access: RolloutAccess,
    readonly row: number,
  ) {}

  /** The bytes of its line. Fails with `changed` when the file is no longer what was read. */
  line(): Uint8Array {
    return this.access.line(this.row);
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
    const planned = this.access.planned(this.row);
    return planned && asked(planned) === asked(this.object()) ? planned : undefined;
  }

  /** What a column holds: undefined where the row lacks it, or there is no such column. */
  cell(name: string): JsonValue | undefined {
    return this.access.cell(this.row, name);
  }

  /** Fields that say how an attempt went: see `outputFields`. */
  outputFields(): ReadonlySet<string> {
    return this.access.outputFields();
  }

  /** Number of the line in its file, from 1. */
  lineNumber(): number {
    return this.access.lineNumber(this.row);
  }
}

/** The request as chat messages: what differs in the file but says the same is the same. */
function asked({ responses_create_params: request = null }: JsonObject): string {
  return writeJson(requestConversation(request, 'text').messages);
}

/** What a request says, as a conversation. */
export function requestConversation(request: JsonValue, given: 'parsed' | 'text' = 'parsed'): Conversation {
  return canonicalConversation({ responses_create_params: request }, { reasoning: 'inline', arguments: given });
}
