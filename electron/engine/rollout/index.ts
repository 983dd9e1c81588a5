export { canonicalConversation, type Conversation, type ConversationOptions, type Reasoning } from './canonical.ts';
export { describeLine, describeLineForPage, type RolloutDescription } from './describe.ts';
export { ByteWalk, heldBytes, type LineBytes } from './byte-walk.ts';
export { gymConversation, type GymMessage } from './gym.ts';
export { parseRollout } from './read-row.ts';
export { rolloutRules } from './rules.ts';
