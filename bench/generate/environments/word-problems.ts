import { said } from '../items.ts';
import { prose } from '../prose.ts';
import type { Random } from '../random.ts';
import type { CreateEnvironment } from './environment.ts';

const names = ['Amara', 'Bruno', 'Chidi', 'Dalia', 'Emil', 'Farah', 'Goran', 'Hana', 'Ilse', 'Jonas'] as const;
const goods = [
  'lanterns',
  'postcards',
  'bicycle bells',
  'jars of honey',
  'tulip bulbs',
  'paper kites',
  'wool scarves',
  'clay bowls',
] as const;

const thoughts = [
  'Let me set up the quantities first: there are # @ on the first day and # on the second.',
  'I should check the units before adding anything; the price is per dozen, not per piece.',
  'So # times # gives the total for one week, and then I subtract what was given away.',
  'Wait, the question asks for what is left, not for what was sold.',
  'Checking with smaller numbers: if there were only # @, the same steps would give #.',
  'Both ways of counting agree, which makes me more confident in the result.',
  'The remainder matters here, because a box cannot be partly filled.',
  'Now convert the minutes to hours: # minutes is a bit more than an hour.',
] as const;

/** Single-turn arithmetic with reasoning; reward is 0 or 1. */
export const wordProblems: CreateEnvironment = (seed, scale) => {
  const thinking = prose(seed, scale, thoughts, ['boxes', 'lanterns', 'tickets', 'apples']);
  return {
    agent: 'word_problems',
    weight: 4,
    task(random) {
      const { question, answer } = problem(random);
      const difficulty = random.pick(['easy', 'medium', 'hard'] as const);
      return {
        input: [said.to('system', 'Solve the problem. Give the final number in \\boxed{}.'), said.to('user', question)],
        tools: [],
        attempt(at, skill) {
          const right = at.chance(skill);
          const given = right ? answer : answer + at.pick([-10, -2, -1, 1, 3, 12] as const);
          const forgot = !right && at.chance(0.2);
          const closing = forgot ? `I believe the result is about ${given}.` : `The answer is $\\boxed{${given}}$.`;
          return {
            output: [said.reasoning(at, thinking.take(at, 2600)), said.assistant(at, `${thinking.take(at, 500)}\n\n${closing}`)],
            reward: right ? 1 : 0,
            fields: { expected_answer: String(answer), extracted_answer: forgot ? null : String(given), difficulty },
          };
        },
      };
    },
  };
};

function problem(random: Random): { question: string; answer: number } {
  const name = random.pick(names);
  const good = random.pick(goods);
  const [a, b, c] = [random.int(12, 90), random.int(3, 18), random.int(2, 11)];
  switch (random.int(0, 3)) {
    case 0:
      return {
        question: `${name} packs ${a} ${good} a day for ${b} days and gives away ${c} of them. How many ${good} are left?`,
        answer: a * b - c,
      };
    case 1:
      return {
        question: `A stall sells ${good} at ${c} coins each. ${name} sold ${a} in the morning and ${b} in the afternoon. How many coins did that bring?`,
        answer: c * (a + b),
      };
    case 2:
      return {
        question: `${name} has ${a * b} ${good} and puts ${b} into each box. After ${c} more boxes of ${b} arrive, how many boxes are there?`,
        answer: a + c,
      };
    default:
      return {
        question: `A train with ${a} seats runs ${b} times a day. On ${c} of these runs every seat is taken, on the others half of the seats (rounded down). How many passengers ride in a day?`,
        answer: a * Math.min(b, c) + Math.floor(a / 2) * Math.max(0, b - c),
      };
  }
}
