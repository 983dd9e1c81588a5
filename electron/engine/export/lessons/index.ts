export { answerChats, conversationChat, decodedChat, promptLesson } from './chats.ts';
export { type Chat, type Lesson } from './lesson.ts';
export { nemoRl } from './nemo-rl.ts';
export { openRlhfAnswers, openRlhfScore, openRlhfTurns } from './openrlhf.ts';
export { generatedFrom } from './prompt.ts';
export { type ChatTools, teach } from './teach.ts';
export { trlAll, trlAnswers, trlAssistant, trlAssistantOfAnswer, trlScore } from './trl.ts';
export { verlTurns } from './verl.ts';
