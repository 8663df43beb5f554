import { setTimeout } from 'node:timers/promises';
import { Admin, ConfigResourceTypes, findErrorBy } from '@platformatic/kafka';
import { TopologyError } from '../core/errors.ts';
import type { ApplyReport, TopologyAdmin, TopologyDifference, TopologyReport } from '../core/topology.ts';
import type { LogTopology, TopicDeclaration } from '../core/types.ts';
import { listAcls, listUsers, rightsOf, sameAcl, setPasswords, type UserDeclaration } from './access.ts';
import type { KafkaAdminConfig } from './adminConfig.ts';
import { compareTopics, type FoundTopic } from './compare.ts';
import { connectionSettings } from './config.ts';

/** Topics as the generator writes them, and who may use them. */
export interface KafkaTopology extends LogTopology {
  readonly users?: readonly UserDeclaration[];
}

/** Connecting tells quickly what is wrong: a tool does not wait for a broker to come back. */
const TIMEOUT_MS = 10_000;

/** Compares topics, rights and users of a cluster with the design, and adds what is missing. */
export class KafkaAdmin implements TopologyAdmin {
  readonly #admin: Admin;
  readonly #topics: readonly TopicDeclaration[];
  readonly #users: readonly UserDeclaration[];
  readonly #credentials: KafkaAdminConfig['credentials'];

  /** @throws ConfigurationError */
  constructor(config: KafkaAdminConfig, { topics, users = [] }: KafkaTopology) {
    const { brokers, tls, sasl } = connectionSettings(config);
    this.#admin = new Admin({
      clientId: 'brokerloom-topology',
      bootstrapBrokers: [...brokers],
      ...(tls === undefined ? {} : { tls }),
      ...(sasl === undefined ? {} : { sasl }),
      retries: 0,
      timeout: TIMEOUT_MS,
      connectTimeout: TIMEOUT_MS,
    });
    this.#topics = topics.map((topic) => limited(topic, config.replicationLimit));
    this.#users = users;
    this.#credentials = config.credentials;
  }

  verify(): Promise<TopologyReport> {
    return explained(() => this.#verify());
  }

  apply(): Promise<ApplyReport> {
    return explained(() => this.#apply());
  }

  close(): Promise<void> {
    return this.#admin.close();
  }

  async #verify(): Promise<TopologyReport> {
    const topics = compareTopics(this.#topics, await this.#findTopics());
    const rights = await this.#missingRights();
    const users = await this.#missingUsers();
    return {
      differences: [...topics, ...rights.differences, ...users.differences],
      unchecked: [...rights.unchecked, ...users.unchecked],
    };
  }

  async #apply(): Promise<ApplyReport> {
    const { differences, unchecked } = await this.#verify();
    const changed = differences.filter(({ kind }) => kind === 'changed');
    if (changed.length > 0) {
      const list = changed.map(({ element, detail }) => `${element}: ${detail}`).join('\n');
      throw new TopologyError(
        `Nothing was changed: other settings may delete records, and more partitions move keys. Change them with the tools of Kafka, or the design.\n${list}`,
      );
    }
    const missing = new Set(
      differences.filter(({ kind }) => kind === 'missing').map(({ element }) => element),
    );
    const created = this.#topics.filter(({ name }) => missing.has(`topic ${name}`));
    for (const topic of created) await this.#create(topic);
    if (created.length > 0) await this.#untilVisible();
    const rights = rightsOf(this.#users).filter(({ text }) => missing.has(text));
    if (rights.length > 0) await this.#admin.createAcls({ creations: rights.map(({ acl }) => acl) });
    // Also those that are there: the broker does not tell whether a password is still the same.
    if (this.#credentials !== undefined) await setPasswords(this.#admin, this.#credentials);
    return { created: [...missing], unchecked };
  }

  async #create({ name, partitions, replicationFactor, configs = {} }: TopicDeclaration): Promise<void> {
    await this.#admin.createTopics({
      topics: [name],
      partitions,
      // -1 leaves it to the broker.
      replicas: replicationFactor ?? -1,
      configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
    });
  }

  /** The controller has made them; the brokers that clients ask hear of it a moment later. */
  async #untilVisible(): Promise<void> {
    const deadline = performance.now() + TIMEOUT_MS;
    for (;;) {
      const visible = new Set(await this.#admin.listTopics({ includeInternals: false }));
      const waiting = this.#topics.filter(({ name }) => !visible.has(name));
      if (waiting.length === 0) return;
      if (performance.now() > deadline)
        throw new TopologyError(`Created, but not there yet: ${waiting.map(({ name }) => name).join(', ')}.`);
      await setTimeout(50);
    }
  }

  async #findTopics(): Promise<ReadonlyMap<string, FoundTopic>> {
    const names = await this.#admin.listTopics({ includeInternals: false });
    if (names.length === 0) return new Map();
    const { topics } = await this.#admin.metadata({ topics: names, forceUpdate: true });
    const described = await this.#admin.describeConfigs({
      resources: names.map((name) => ({ resourceType: ConfigResourceTypes.TOPIC, resourceName: name })),
    });
    const configs = new Map(described.map(({ resourceName, configs }) => [resourceName, configs]));
    return new Map(
      [...topics].map(([name, { partitions }]) => [
        name,
        {
          partitions: partitions.length,
          replicationFactor: partitions[0]?.replicas.length ?? 0,
          configs: configs.get(name) ?? [],
        },
      ]),
    );
  }

  async #missingRights(): Promise<TopologyReport> {
    const rights = rightsOf(this.#users);
    if (rights.length === 0) return { differences: [], unchecked: [] };
    try {
      const found = await listAcls(this.#admin);
      return missing(
        rights.filter(({ acl }) => !found.some((other) => sameAcl(acl, other))).map(({ text }) => text),
      );
    } catch (error) {
      if (!isSecurityDisabled(error)) throw error;
      return {
        differences: [],
        unchecked: [`${rights.length} rights: the cluster lets everybody do everything`],
      };
    }
  }

  async #missingUsers(): Promise<TopologyReport> {
    if (this.#credentials === undefined)
      return {
        differences: [],
        unchecked: this.#users.length === 0 ? [] : ['users: their passwords are not given'],
      };
    const found = await listUsers(this.#admin);
    return missing(
      Object.keys(this.#credentials)
        .filter((name) => !found.has(name))
        .map((name) => `user ${name}`),
    );
  }
}

const missing = (elements: readonly string[]): TopologyReport => ({
  differences: elements.map((element): TopologyDifference => ({ kind: 'missing', element })),
  unchecked: [],
});

/** With fewer copies there are fewer that can confirm, or no record would ever be confirmed. */
function limited(topic: TopicDeclaration, limit: number | undefined): TopicDeclaration {
  const { replicationFactor = 1, configs = {} } = topic;
  if (limit === undefined || replicationFactor <= limit) return topic;
  const minInsync = Number(configs['min.insync.replicas'] ?? 1);
  return {
    ...topic,
    replicationFactor: limit,
    configs: { ...configs, 'min.insync.replicas': String(Math.min(minInsync, Math.max(1, limit - 1))) },
  };
}

/** https://kafka.apache.org/protocol#protocol_error_codes */
const isSecurityDisabled = (error: unknown): boolean =>
  error instanceof Error && findErrorBy(error, 'apiId', 'SECURITY_DISABLED') !== null;

/** The client wraps what went wrong several times; a person needs the reason at the bottom. */
async function explained<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof TopologyError) throw error;
    throw new Error(`Kafka: ${[...new Set(reasonsOf(error))].join(' ')}`, { cause: error });
  }
}

function reasonsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const { errors = [], cause } = error as { errors?: unknown[]; cause?: unknown };
  const deeper = [...errors, ...(cause instanceof Error ? [cause] : [])].flatMap(reasonsOf);
  const { serverErrorMessage } = error as { serverErrorMessage?: string | null };
  return deeper.length > 0 ? deeper : [serverErrorMessage || error.message];
}
