export { chatMl } from './chat-ml.ts';
export { ChatTemplate, type ChatInput, type RenderedChat, type SpecialTokens } from './chat-template.ts';
export { readChatTemplate } from './read-chat-template.ts';
