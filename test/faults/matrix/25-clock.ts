import { globSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reapDir } from '../../support/reaper.ts';
import { LEASE_MS } from '../support/probe.ts';
import type { Fault } from './fault.ts';

const SERVICES = ['order', 'payment', 'email'] as const;
type Clocks = Readonly<Record<(typeof SERVICES)[number], string>>;

export const clock: Fault = {
  number: 25,
  title: 'clocks of the services an hour ahead and an hour behind, and jumping',
  holds: 'L D; leases, marks and delays do not depend on them',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    const dir = mkdtempSync(join(tmpdir(), 'brokerloom-clocks-'));
    reapDir(dir);
    const set = (clocks: Clocks): void => {
      for (const [service, offset] of Object.entries(clocks))
        writeFileSync(join(dir, service), `${offset}\n`);
    };
    set({ order: '+0', payment: '+0', email: '+0' });
    // Debian's faketime reads the file again and again, so that the clock jumps while the process runs.
    const faked = (service: string): Record<string, string> => ({
      LD_PRELOAD: libfaketime(),
      FAKETIME_TIMESTAMP_FILE: join(dir, service),
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    });
    for (const service of SERVICES)
      await run.restart(service, { ...faked(service), ...(service === 'order' ? { TWICE_EVERY: '3' } : {}) });
    await run.resumed();
    for (const clocks of [
      { order: '-1h', payment: '+1h', email: '-1h' },
      { order: '+1h', payment: '-1h', email: '+1h' },
    ]) {
      set(clocks);
      run.strike(JSON.stringify(clocks));
      await run.endure(LEASE_MS);
      await run.resumed();
    }
    return {
      kills: 0,
      faults: 2,
      verify: () => {
        const hours = new Set(run.fleet.output('payment').match(/(?<="time":"\d+-\d+-\d+T)\d+/g));
        if (hours.size < 3) throw new Error(`payment was in the hours ${[...hours].join(', ')} only`);
        if (!/Duplicate suppressed/.test(run.fleet.output())) throw new Error('there were no duplicates');
      },
    };
  },
};

function libfaketime(): string {
  const [found] = globSync('/usr/lib/*/faketime/libfaketime.so.1');
  if (found === undefined) throw new Error("Debian's package faketime is not installed.");
  return found;
}
