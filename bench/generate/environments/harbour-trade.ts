import { said, tool } from '../items.ts';
import type { Item } from '../items.ts';
import { prose } from '../prose.ts';
import type { CreateEnvironment } from './environment.ts';

const cargo = ['salt', 'timber', 'wool', 'olive oil', 'copper', 'saffron'] as const;
const ports = ['Port Alba', 'Corvia', 'Lindhaven', 'Mirabel', 'Sankt Orm'] as const;

const tools: readonly Item[] = [
  tool('quote', 'The price of a cargo in a port, in crowns a crate.', { port: 'string', cargo: 'string' }),
  tool('trade', 'Buys crates (positive) or sells them (negative).', { cargo: 'string', crates: 'integer' }),
  tool('sail', 'Sails to a port; takes a day and costs two crowns.', { port: 'string' }),
];

const thoughts = [
  'With # crowns in hand I can afford # crates of @ at most.',
  'The price of @ fell by # since yesterday, so selling now locks in a loss.',
  'Sailing costs two crowns a day; the difference between the ports has to pay for it.',
  'If the storm warning is right, @ will be scarce by day #.',
  'I keep # crates back in case the next port pays more.',
  'Two days are left, so everything still in the hold must be sold.',
] as const;

/** A game whose environment speaks between the turns; reward is the profit: negative, or far above one. */
export const harbourTrade: CreateEnvironment = (seed, scale) => {
  const thinking = prose(seed, scale, thoughts, cargo);
  return {
    agent: 'harbour_trader',
    weight: 2,
    task(random) {
      const purse = random.int(40, 160);
      const days = 1 + Math.round(random.int(2, 6) * scale.rounds);
      const home = random.pick(ports);
      return {
        input: [
          said.to('system', 'You trade between ports. After the last day your purse is compared with the one you began with.'),
          said.to('user', `Day 1 in ${home}. You have ${purse} crowns, an empty hold of 20 crates and ${days} days.`),
        ],
        tools,
        attempt(at, skill) {
          const output: Item[] = [];
          let profit = 0;
          let day = 1;
          for (; day <= days; day++) {
            output.push(said.reasoning(at, thinking.take(at, 900)));
            const good = at.pick(cargo);
            const quotes = [ports[0], at.pick(ports)].map((port) => said.call(at, 'quote', { port, cargo: good }));
            output.push(...quotes, ...quotes.map((call) => said.output(call, `{"crowns": ${at.int(3, 40)}}`)));
            const trade = said.call(at, 'trade', { cargo: good, crates: at.int(-12, 12) });
            output.push(trade, said.output(trade, '{"ok": true}'));
            profit += at.chance(skill) ? at.next() * 12 : -at.next() * 9;
            if (profit < -purse / 2) break;
            if (day < days)
              output.push(
                said.assistant(at, thinking.take(at, 120)),
                said.to('user', `Day ${day + 1}. ${at.pick(ports)} reports fair wind.`),
              );
          }
          const bankrupt = day <= days;
          output.push(
            said.assistant(
              at,
              bankrupt ? 'The purse is empty; the voyage ends here.' : `Final purse: ${(purse + profit).toFixed(2)} crowns.`,
            ),
          );
          return {
            output,
            reward: profit,
            fields: { start_purse: purse, days_sailed: Math.min(day, days), bankrupt, sharpe: profit / (days * 4.5) },
          };
        },
      };
    },
  };
};
