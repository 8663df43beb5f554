import type { PlantedBug, Scenario } from './bug.ts';

const NO_POISON = '1000000';

/** Killed while a retry cannot be published: at that moment the message is nowhere but where it came from. */
const retriesMissing: Scenario = {
  title: 'delay queues missing, and consumers killed before they are back',
  // What waits in a delay queue when it is deleted is gone: nothing may be there yet.
  settings: { order: { POISON_EVERY: NO_POISON } },
  async run(run, rabbit) {
    const { fleet, settings, side } = run;
    await run.effects(20);
    await fleet.end('order#1');
    for (const queue of ['payments.retry.200ms', 'payments.retry.400ms'])
      await rabbit.ctl('delete_queue', '--vhost', 'probe', queue);
    settings['order'] = { POISON_EVERY: '20' };
    await run.startSender();
    await run.until('a consumer says that copies cannot be published', () =>
      /cannot publish a retry or dead-letter copy/.test(fleet.output('payment')),
    );
    run.strike('delay queues missing');
    for (const key of ['payment#1', 'payment#2']) {
      await fleet.busy(key);
      await fleet.crash(key);
    }
    await side.restoreTopology();
    for (let n = 0; n < 2; n++) await fleet.start('payment');
    await run.resumed();
    return { kills: 2, faults: 1 };
  },
};

export const retryAfterAck: PlantedBug = {
  title: 'retry published after the acknowledgement',
  consequence: 'a message that waits for its retry is lost with the process',
  breaks: 'L',
  workspace: 'key-store',
  scenario: retriesMissing,
  patches: [
    {
      file: 'core/delivery.ts',
      search:
        "if (await this.#publish(tier, copy, claim.signal)) return this.#settle(await claim.release(), 'retried');",
      replacement: `this.#acknowledge('retried');
    if (await this.#publish(tier, copy, claim.signal)) {
      await claim.release();
      return settled;
    }`,
    },
  ],
};
