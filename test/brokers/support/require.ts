import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from 'vitest';
import { hasDocker } from './engine.ts';

const needs = {
  rabbitmq: { envVar: 'LOOM_TEST_RABBITMQ_URL', program: 'rabbitmq-server', dirs: ['/usr/lib/rabbitmq/bin'] },
  redis: { envVar: 'LOOM_TEST_REDIS_URL', program: 'redis-server', dirs: [] },
} as const;

export type BrokerName = keyof typeof needs;

interface Requirement {
  brokers: readonly BrokerName[];
  /** The suite stops, kills or pauses its brokers, so one from the environment will not do. */
  control?: boolean;
}

/** Why the brokers cannot be had on this machine, with the way out; undefined when they can. */
export function missingBrokers({ brokers, control = false }: Requirement): string | undefined {
  for (const broker of brokers) {
    const { envVar, program, dirs } = needs[broker];
    if (process.env[envVar]) {
      if (control) return `${envVar} names a broker that the test may not stop: unset it`;
      continue;
    }
    const path = [...(process.env['PATH'] ?? '').split(delimiter), ...dirs];
    if (!hasDocker() && !path.some((dir) => existsSync(join(dir, program)))) {
      return `no ${program} here: set ${envVar}, start Docker, or install the Debian package ${program}`;
    }
  }
  return undefined;
}

/** Throws what {@link missingBrokers} says. */
export function requireBrokers(requirement: Requirement): void {
  const missing = missingBrokers(requirement);
  if (missing) throw new Error(missing);
}

/**
 * `describe` for suites on real brokers. Where a broker cannot be had, the suite is skipped in a loud line; with
 * `CI=true` it fails instead, since a skip there would pass for a proof.
 */
export function describeWithBrokers(name: string, requirement: Requirement, body: () => void): void {
  const missing = missingBrokers(requirement);
  if (!missing) {
    describe(name, body);
  } else if (process.env['CI'] === 'true') {
    describe(name, () => {
      it('has its brokers', () => requireBrokers(requirement));
    });
  } else {
    console.warn(`SKIPPED: ${name}: ${missing}`);
    describe.skip(`${name} (skipped: ${missing})`, body);
  }
}
