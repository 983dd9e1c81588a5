import { said, tool } from '../items.ts';
import type { Item } from '../items.ts';
import { prose } from '../prose.ts';
import type { CreateEnvironment } from './environment.ts';

const articles = [
  'valve A-14',
  'gasket set',
  'copper elbow',
  'pressure gauge',
  'brass coupling',
  'hose clamp',
  'filter cartridge',
  'sealing ring',
] as const;

const tools: readonly Item[] = [
  tool('find_article', 'Looks up the shelf and stock of an article.', { name: 'string' }),
  tool('count_shelf', 'Counts what really lies on a shelf.', { shelf: 'string' }),
  tool('move_stock', 'Moves pieces of an article from one shelf to another.', {
    name: 'string',
    from: 'string',
    to: 'string',
    pieces: 'integer',
  }),
  tool('order', 'Orders pieces of an article from the supplier.', { name: 'string', pieces: 'integer' }),
];

const thoughts = [
  'The order asks for @ first, so I look it up before touching anything else.',
  'Shelf # holds fewer pieces than the book says; I should count it before I move stock.',
  'Two look-ups do not depend on each other and can go out together.',
  'Moving # pieces would empty the shelf, which the rules allow only at the end of a shift.',
  'The supplier packs @ in boxes of #, so I round the order up.',
  'That leaves one goal: the @ on the upper shelf.',
] as const;

const log = [
  'aisle # bay #: @ counted #, booked #',
  'aisle # bay #: label of @ unreadable, weighed instead (# kg)',
  'aisle # bay #: @ checked, no difference',
  'note: pallet # returned by the night shift, seal "intact"',
] as const;

/** Tool calls, some of them parallel, over several turns; reward is the share of goals met, 0 to 1. */
export const stockroom: CreateEnvironment = (seed, scale) => {
  const thinking = prose(seed, scale, thoughts, articles);
  const report = prose(seed, scale, log, articles, '\n');
  return {
    agent: 'stockroom_agent',
    weight: 3,
    task(random) {
      const goals = random.int(2, 5);
      const wanted = Array.from({ length: goals }, () => ({
        name: random.pick(articles),
        pieces: random.int(2, 40),
        shelf: `S${random.int(1, 60)}`,
      }));
      const list = wanted.map((goal) => `- ${goal.pieces} × ${goal.name} to shelf ${goal.shelf}`).join('\n');
      return {
        input: [
          said.to('developer', `You run the stockroom. Never move more than is there.\n\nYesterday's log:\n${report.take(random, 3000)}`),
          said.to('user', `Before noon we need:\n${list}\nTell me what could not be done.`),
        ],
        tools,
        attempt(at, skill) {
          const output: Item[] = [said.reasoning(at, thinking.take(at, 700))];
          const parallel = wanted.slice(0, 2).map((goal) => said.call(at, 'find_article', { name: goal.name }));
          output.push(
            ...parallel,
            ...parallel.map((call) => said.output(call, JSON.stringify({ shelf: `S${at.int(1, 60)}`, stock: at.int(0, 80) }))),
          );
          let met = 0;
          let orders = 0;
          for (const goal of wanted) {
            const done = at.chance(skill);
            if (at.chance(0.6)) output.push(said.reasoning(at, thinking.take(at, 500)));
            if (at.chance(0.5)) {
              const count = said.call(at, 'count_shelf', { shelf: goal.shelf });
              output.push(count, said.output(count, report.take(at, 2400)));
            }
            if (done) met++;
            else if (at.chance(0.5)) orders++;
            const call = done
              ? said.call(at, 'move_stock', { name: goal.name, from: `S${at.int(1, 60)}`, to: goal.shelf, pieces: goal.pieces })
              : said.call(at, 'order', { name: goal.name, pieces: goal.pieces });
            output.push(call, said.output(call, done ? '{"ok":true}' : '{"ok":false,"error":"supplier answers tomorrow"}'));
          }
          const left = goals - met;
          output.push(
            said.assistant(
              at,
              left === 0 ? 'Everything is in place.' : `${left} of ${goals} positions could not be filled today. ${thinking.take(at, 200)}`,
            ),
          );
          const share = met / goals;
          const tidy = at.int(5, 10) / 10;
          return {
            output,
            reward: share,
            fields: { reward_components: { goals: share, tidy }, goals_met: met, goals_total: goals, orders, verifier: 'inventory-diff' },
          };
        },
      };
    },
  };
};
