import type { PlantedBug, Scenario } from './bug.ts';

/** Some transactions stay open while others that began later commit, as `user-code/outbox.ts` has it. */
const lateCommits: Scenario = {
  title: 'transactions that commit after others whose messages are younger',
  async run(run) {
    const late = (): number => {
      const place = new Map(run.events('send').map(({ id }, at) => [id, at]));
      let youngest = -1;
      return run.events('confirm').filter(({ id }) => {
        const at = place.get(id) ?? 0;
        youngest = Math.max(youngest, at);
        return at < youngest;
      }).length;
    };
    await run.until('late commits', () => late() >= 10);
    run.history.append({ type: 'fault', name: 'late commits', evidence: late() });
    return { kills: 0, faults: 1 };
  },
};

export const relayMark: PlantedBug = {
  title: 'relay that reads the outbox from the last id on',
  consequence: 'a message whose transaction commits after that of a younger one is never sent',
  breaks: 'L',
  workspace: 'outbox',
  scenario: lateCommits,
  patches: [
    {
      file: 'postgres/outbox.ts',
      search: 'WHERE service = $1 AND shard = ANY ($2) AND lane <> ALL ($3) ORDER BY id LIMIT $4`',
      replacement:
        'WHERE service = $1 AND shard = ANY ($2) AND lane <> ALL ($3) AND id > $5 ORDER BY id LIMIT $4`',
    },
    {
      file: 'postgres/outbox.ts',
      search: "  #service = '';",
      replacement: "  #service = '';\n  #last = '0';",
    },
    {
      file: 'postgres/outbox.ts',
      search: 'const rows = await session.query<Row>(select, [this.#service, shards, except, limit]);',
      replacement: `const rows = await session.query<Row>(select, [this.#service, shards, except, limit, this.#last]);
    this.#last = rows.at(-1)?.id ?? this.#last;`,
    },
  ],
};
