import type { TrainedExample, TrainedText } from '#shared/model/training.ts';
import type { Renderer } from './renderer.ts';

/** A conversation that a trainer gives to the chat template. */
export interface Chat {
  readonly part: TrainedText['part'];
  readonly messages: readonly unknown[];
  /** Undefined where the trainer passes none. */
  readonly tools?: readonly unknown[] | undefined;
  /** The first message of the answer. */
  readonly answerFrom: number;
}

export interface Piece {
  /** Number of its message, and the role of that. */
  readonly message: number;
  readonly role: string;
  readonly text: string;
  readonly trained: boolean;
}

/** What a trainer makes of a chat. */
export interface Taught {
  readonly pieces: readonly Piece[];
  /** Whether each message is cut into tokens by itself. */
  readonly isCutApart: boolean;
  readonly notes?: readonly string[];
}

/** How a trainer makes texts of the chats of one row, and puts the loss on them. Fails with bad-input where the template does. */
export type Method = (chats: readonly Chat[], render: Renderer) => readonly Taught[];

/** What a trainer learns from a row. */
export interface Lesson {
  readonly loss: TrainedExample['loss'];
  readonly chats: readonly Chat[];
  readonly method: Method;
  readonly notes?: readonly string[];
}
