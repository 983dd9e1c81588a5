import { said } from '../items.ts';
import { prose } from '../prose.ts';
import type { CreateEnvironment } from './environment.ts';

const facts = [
  ['Which planet has the shortest year?', 'Mercury', 'Venus'],
  ['Which metal is liquid at room temperature?', 'mercury', 'gallium'],
  ['How many strings has a standard violin?', 'four', 'six'],
  ['Which river flows through Vienna?', 'the Danube', 'the Rhine'],
  ['What is the chemical symbol of tungsten?', 'W', 'Tu'],
  ['Which gas makes up most of the air?', 'nitrogen', 'oxygen'],
  ['In which country lies the town of Timbuktu?', 'Mali', 'Niger'],
  ['How many sides has a dodecagon?', 'twelve', 'ten'],
  ['Which bird lays the largest egg?', 'the ostrich', 'the emu'],
  ['What does a barometer measure?', 'air pressure', 'humidity'],
  ['Qual é a capital de Portugal? → answer in English', 'Lisbon', 'Porto'],
  ['「水」 is the character for what?', 'water', 'tree'],
] as const;

const thoughts = [
  'I recall this from a list of common mix-ups, so a second look is worthwhile.',
  'The tempting answer is the one that sounds familiar; the right one is less known.',
  'There were # candidates, and only one fits every word of the question.',
  'I am fairly sure, but a wrong answer costs a point here.',
] as const;

/** Short questions where a wrong answer costs: reward is −1, 0 (no answer) or 1. Some tasks have a plain string as input. */
export const quiz: CreateEnvironment = (seed, scale) => {
  const thinking = prose(seed, scale, thoughts, ['clue']);
  return {
    agent: 'quiz_judge',
    weight: 3,
    task(random) {
      const [question, right, wrong] = random.pick(facts);
      const text = `Question ${random.int(100, 999)}. ${question}\nA wrong answer costs a point, "no answer" costs nothing.`;
      const topic = random.pick(['nature', 'words', 'places'] as const);
      return {
        input: random.chance(0.25) ? text : [said.to('user', text)],
        tools: [],
        attempt(at, skill) {
          const verdict = at.chance(skill) ? 'right' : at.chance(0.35) ? 'none' : 'wrong';
          const answer = { right, wrong, none: 'no answer' }[verdict];
          const reward = { right: 1, wrong: -1, none: 0 }[verdict];
          const output = [said.assistant(at, `${thinking.take(at, 220)} My answer: ${answer}.`)];
          if (at.chance(0.5)) output.unshift(said.reasoning(at, thinking.take(at, 900)));
          return {
            output,
            reward,
            fields: {
              judge_verdict: verdict,
              judge_comment: thinking.take(at, 120),
              metadata: at.chance(0.1) ? null : { topic, level: at.int(1, 3) },
            },
          };
        },
      };
    },
  };
};
