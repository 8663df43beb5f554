import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from 'vitest';
import { hasDocker } from './engine.ts';
import { postgresDirs } from './postgres.ts';

interface Need {
  readonly envVar: string;
  /** Each with the Debian package that has it. */
  readonly programs: Readonly<Record<string, string>>;
  readonly dirs?: readonly string[];
  /** A tool, which is nothing that a suite could stop. */
  readonly tool?: boolean;
  /** Never run by a container engine, since its clients have to be told its addresses. */
  readonly native?: boolean;
}

const needs = {
  rabbitmq: {
    envVar: 'LOOM_TEST_RABBITMQ_URL',
    programs: { 'rabbitmq-server': 'rabbitmq-server' },
    dirs: ['/usr/lib/rabbitmq/bin'],
  },
  redis: { envVar: 'LOOM_TEST_REDIS_URL', programs: { 'redis-server': 'redis-server' } },
  postgres: {
    envVar: 'LOOM_TEST_POSTGRES_URL',
    programs: { postgres: 'postgresql' },
    dirs: postgresDirs(),
  },
  kafka: {
    envVar: 'LOOM_TEST_KAFKA_URL',
    programs: { java: 'openjdk-17-jre-headless', mvn: 'maven' },
    native: true,
  },
  /** An emulator from npm, which is there where this is. */
  sqs: { envVar: 'LOOM_TEST_SQS_URL', programs: {}, native: true },
  /** An emulator of SQS from Maven, for what the one above lacks. */
  elasticmq: {
    envVar: 'LOOM_TEST_ELASTICMQ_URL',
    programs: { java: 'openjdk-17-jre-headless', mvn: 'maven' },
    native: true,
  },
  python: {
    envVar: 'LOOM_TEST_PYTHON',
    programs: { python3: 'python3-venv' },
    native: true,
    tool: true,
  },
  /** The emulator is a package of npm. */
  kinesis: { envVar: 'LOOM_TEST_KINESIS_URL', programs: {}, native: true },
  prometheus: {
    envVar: 'LOOM_TEST_PROMETHEUS_URL',
    programs: { prometheus: 'prometheus', promtool: 'prometheus' },
    native: true,
  },
} as const satisfies Readonly<Record<string, Need>>;

export type BrokerName = keyof typeof needs;

interface Requirement {
  brokers: readonly BrokerName[];
  /** The suite stops, kills or pauses its brokers, so one from the environment will not do. */
  control?: boolean;
}

/** Why the brokers cannot be had on this machine, with the way out; undefined when they can. */
export function missingBrokers({ brokers, control = false }: Requirement): string | undefined {
  for (const broker of brokers) {
    const { envVar, programs, dirs = [], native = false, tool = false }: Need = needs[broker];
    if (process.env[envVar]) {
      if (control && !tool) return `${envVar} names a broker that the test may not stop: unset it`;
      continue;
    }
    if (!native && hasDocker()) continue;
    const path = [...(process.env['PATH'] ?? '').split(delimiter), ...dirs];
    for (const [program, debian] of Object.entries(programs)) {
      if (path.some((dir) => existsSync(join(dir, program)))) continue;
      const docker = native ? '' : ' start Docker,';
      return `no ${program} here: set ${envVar},${docker} or install the Debian package ${debian}`;
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
