import { type Program, run, type Speed } from './program.ts';
import { handWritten, type Rival, rivals, type Scenario } from './scenarios.ts';
import type { Stage } from './stage.ts';

export interface Compared {
  readonly rival: Rival;
  readonly speed: Speed;
  /** Median of the rounds' ratios of the rates, ours to theirs. */
  readonly ratio: number;
  readonly budget: number | undefined;
  /** What the program by hand that does many at once reaches against the same. */
  readonly byHand: number | undefined;
}

export interface Measured {
  readonly title: string;
  readonly own: Speed;
  readonly compared: readonly Compared[];
}

/**
 * Every round runs each program once, one after the other, so that what else the machine does meets all of them.
 * @throws when a program fails, or does less than the others
 */
export async function measure(scenario: Scenario, stage: Stage, rounds: number): Promise<Measured> {
  const compared = Object.entries(scenario.against) as [Rival, NonNullable<Scenario['against'][Rival]>][];
  const own: Speed[] = [];
  const others = new Map<Rival, Speed[]>(compared.map(([rival]) => [rival, []]));
  for (let round = 0; round < rounds; round++) {
    own.push(await perform(scenario, scenario.own, stage));
    for (const [rival, { program }] of compared)
      others.get(rival)?.push(await perform(scenario, program, stage));
  }
  return {
    title: scenario.title,
    own: middle(own),
    compared: compared.map(([rival, { budget }]) => {
      const speeds = others.get(rival) ?? [];
      const byHand = rival === 'one' ? others.get('raw') : undefined;
      return {
        rival,
        speed: middle(speeds),
        ratio: ratioOf(own, speeds),
        budget,
        byHand: byHand && ratioOf(byHand, speeds),
      };
    }),
  };
}

function ratioOf(ours: readonly Speed[], theirs: readonly Speed[]): number {
  return median(theirs.map(({ rate }, round) => (ours[round]?.rate ?? Number.NaN) / rate));
}

/**
 * Where even the program by hand stays below the budget against one message at a time, the broker on this machine gives no
 * more: its share of what that one reaches is asked for instead.
 */
function wanted({ budget, byHand }: Compared): { readonly least: number; readonly said: string } | undefined {
  if (budget === undefined) return undefined;
  if (byHand === undefined || byHand >= budget) return { least: budget, said: `${budget}×` };
  return {
    least: handWritten * byHand,
    said: `${(handWritten * byHand).toFixed(2)}×, for ${budget}× is not to be had here: by hand ${byHand.toFixed(2)}×`,
  };
}

async function perform({ role, title }: Scenario, program: Program, stage: Stage): Promise<Speed> {
  const messages = program.warmUp + program.messages;
  await (role === 'send' ? stage.empty() : stage.fill(messages));
  const speed = await (program.run ?? run)(program, stage.env);
  await (role === 'send' ? stage.assertSent(messages) : stage.assertSettled(messages));
  console.error(`${title}: ${program.file}: ${Math.round(speed.rate)}/s, ${speed.cpu.toFixed(1)} µs`);
  return speed;
}

const middle = (speeds: readonly Speed[]): Speed => ({
  rate: median(speeds.map(({ rate }) => rate)),
  cpu: median(speeds.map(({ cpu }) => cpu)),
});

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

const thousands = (value: number): string => Math.round(value).toLocaleString('en');
const speedText = ({ rate, cpu }: Speed): string => `${thousands(rate)}/s, ${cpu.toFixed(0)} µs`;

/** One table for all scenarios: a row for each comparison. */
export function table(results: readonly Measured[]): string {
  const rows = results.flatMap(({ title, own, compared }) => {
    if (compared.length === 0) return [`| ${title} | ${speedText(own)} | – | – | – | – |`];
    return compared.map((one, index) => {
      const [first, ours] = index === 0 ? [title, speedText(own)] : ['', ''];
      const missed = isMet(one) ? '' : ', missed';
      const { rival, speed, ratio } = one;
      return `| ${first} | ${ours} | ${rivals[rival]} | ${speedText(speed)} | ${ratio.toFixed(2)}× | ${wanted(one)?.said ?? '–'}${missed} |`;
    });
  });
  return ['| | generated | against | | ratio | at least |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

const isMet = (one: Compared): boolean => one.ratio >= (wanted(one)?.least ?? 0);

export const isWithinBudget = ({ compared }: Measured): boolean => compared.every(isMet);
