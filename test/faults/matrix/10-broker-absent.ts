import { setTimeout as pause } from 'node:timers/promises';
import { RESUME_MS } from '../support/probe.ts';
import type { Fault } from './fault.ts';

const ABSENT_MS = 15_000;
/** A loop without pauses would make thousands; the longest pause between attempts is 5 s. */
const MAX_ATTEMPTS = 60;
const MAX_CPU_SECONDS = 3;

export const brokerAbsent: Fault = {
  number: 10,
  title: 'broker absent at the start, there later',
  holds: 'R; pauses between attempts grow and differ, and no loop is hot',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    const { fleet, side } = run;
    await run.effects(100);
    await fleet.end('order#1');
    for (const key of ['payment#1', 'payment#2', 'email#1']) await fleet.end(key);
    await side.broker.stop();
    for (const service of ['payment', 'payment', 'email', 'order']) await fleet.launch(service);
    for (const key of fleet.keys)
      await run.until(`${key} runs`, async () => (await fleet.problems(key).catch(() => '')) !== '');
    const before = await cpu(run);
    await pause(ABSENT_MS);
    const spent = (await cpu(run)).map((seconds, at) => seconds - (before[at] ?? 0));
    if (spent.some((seconds) => seconds > MAX_CPU_SECONDS))
      throw new Error(`seconds of CPU spent on waiting for ${ABSENT_MS} ms: ${spent.join(', ')}`);

    const attempts = fleet.keys.map((key) => attemptsOf(fleet.instance(key).output));
    run.strike('broker absent', Math.min(...attempts.map(({ length }) => length)));
    for (const times of attempts) {
      const pauses = times.slice(1).map((time, at) => time - (times[at] ?? 0));
      if (times.length < 3 || times.length > MAX_ATTEMPTS)
        throw new Error(`${times.length} attempts to connect within ${ABSENT_MS} ms`);
      if (Math.max(...pauses) < 1_000) throw new Error(`pauses between attempts: ${pauses.join(', ')} ms`);
    }
    // With the same pauses everywhere, all would come at the same time.
    const firsts = attempts.map(([first = 0, , third = 0]) => third - first);
    if (new Set(firsts).size === 1) throw new Error(`no jitter: ${firsts.join(', ')} ms`);

    await side.broker.start();
    for (const key of fleet.keys) await fleet.waitReady(key, RESUME_MS);
    await run.resumed();
    return { kills: 0, faults: 1 };
  },
};

/** Times at which an instance says that it has not reached the broker. */
function attemptsOf(output: string): number[] {
  return output
    .split('\n')
    .filter((line) => /(?:RabbitMQ|Kafka) is not reachable/.test(line))
    .map((line) => Date.parse((JSON.parse(line) as { time: string }).time));
}

function cpu({ fleet }: Parameters<Fault['run']>[0]): Promise<number[]> {
  return Promise.all(
    fleet.keys.map(async (key) => (await fleet.metrics(key)).get('process_cpu_seconds_total') ?? 0),
  );
}
