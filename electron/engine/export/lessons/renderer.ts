import type { ChatInput, ChatTemplate, RenderedChat } from '../../chat-template/index.ts';
import type { Chat } from './lesson.ts';

/** Renders what a trainer would, all of it until one deadline. */
export class Renderer {
  private readonly known = new Map<Chat, readonly string[]>();

  constructor(
    readonly template: ChatTemplate,
    private readonly deadline: number,
    private readonly now?: Date,
  ) {}

  /** What stands behind each text; undefined where the template's file does not say. */
  get endToken(): string | undefined {
    return this.template.tokens['eos_token'];
  }

  render(input: ChatInput): RenderedChat {
    return this.template.render(input, this.deadline, this.now);
  }

  whole({ messages, tools }: Chat): RenderedChat {
    return this.render({ messages, tools });
  }

  /** The first `count` messages and the beginning of an answer. */
  prompt(chat: Chat, count: number): string {
    if (this.template.isOwn) return (count === 0 ? '' : (this.beginnings(chat)[count - 1] ?? '')) + this.answerHead();
    return this.render({ messages: chat.messages.slice(0, count), tools: chat.tools, generationPrompt: true }).text;
  }

  /** The texts of the first message, the first two, and so on. */
  beginnings(chat: Chat): readonly string[] {
    const known = this.known.get(chat) ?? (this.template.isOwn ? this.summed(chat) : this.each(chat));
    this.known.set(chat, known);
    return known;
  }

  private each({ messages, tools }: Chat): string[] {
    return messages.map((_, i) => this.render({ messages: messages.slice(0, i + 1), tools }).text);
  }

  /** Our own template renders each message by itself: a conversation of thousands would be rendered as often otherwise. */
  private summed({ messages, tools }: Chat): string[] {
    let text = '';
    return messages.map((message, i) => (text += this.render({ messages: [message], tools: i === 0 ? tools : undefined }).text));
  }

  private answerHead(): string {
    return this.render({ messages: [], generationPrompt: true }).text;
  }
}
