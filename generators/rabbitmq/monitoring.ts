import type { AlertRule, BrokerMonitoring, Panel } from '../observability/monitoring.ts';
import { growth, series } from '../observability/promql.ts';
import { said, verbatim } from '../observability/said.ts';
import type { RabbitPlan } from './plan.ts';

/** Where the plugin rabbitmq_prometheus listens, which the image enables: https://www.rabbitmq.com/docs/prometheus */
const PORT = 15692;

/** Prometheus asks the nodes for their queues one by one: by default they add all of them up. */
export function monitorRabbit({ id, vhost, queues }: RabbitPlan): BrokerMonitoring {
  const jobs = { node: id, queues: `${id}:queues` };
  const static_configs = [{ targets: [`${id}:${PORT}`] }];
  // Each node knows the queues whose leader it is.
  const depth = (queue: string) =>
    `sum(${series('rabbitmq_detailed_queue_messages', { job: jobs.queues, vhost, queue })})`;
  const argumentsOf = (queue: string) => queues.find(({ name }) => name === queue)?.arguments ?? {};
  const isStream = (queue: string) => argumentsOf(queue)['x-queue-type'] === 'stream';
  return {
    scrapes: [
      { job_name: jobs.node, static_configs },
      {
        job_name: jobs.queues,
        metrics_path: '/metrics/detailed',
        params: { family: ['queue_coarse_metrics', 'queue_consumer_count'], vhost: [vhost] },
        static_configs,
      },
    ],
    // A stream keeps what has been read, and RabbitMQ does not know how far its readers are.
    backlog: (queue) => (isStream(queue) ? undefined : depth(queue)),
    deadLetters: (queue) => (isStream(queue) ? undefined : depth(queue)),
    attached: (queue) =>
      `sum(${series('rabbitmq_detailed_queue_consumers', { job: jobs.queues, vhost, queue })})`,
    timeToLoss(queue) {
      const { 'x-max-length': room, 'x-max-age': kept } = argumentsOf(queue);
      if (isStream(queue)) {
        const oldest = series('messaging_oldest_delivery_age_seconds', { broker: id, channel: queue });
        return kept === undefined ? undefined : `${parseInt(String(kept), 10)} - max(${oldest})`;
      }
      if (room === undefined) return undefined;
      return `(${room} - ${depth(queue)}) / (${growth(depth(queue))} > 0)`;
    },
    rules: nodeRules(id),
    panels: nodePanels(jobs, vhost),
  };
}

const nodeRules = (id: string): AlertRule[] => [
  {
    name: 'BrokerAway',
    expression: `${series('up', { job: id })} == 0`,
    forMs: 60_000,
    severity: 'critical',
    owner: undefined,
    about: { broker: verbatim(id) },
    summary: said`RabbitMQ ${id} does not answer.`,
    description: said`Prometheus cannot read it, so depth and dead letters are unknown, and services probably wait.`,
    runbook: said`Look at the log of the broker. Producers keep what they send until their deadlines and consumers reconnect by themselves; nothing has to be restarted after it is back.`,
  },
  {
    name: 'BrokerMemory',
    expression: `${series('rabbitmq_alarms_memory_used_watermark', { job: id })} == 1`,
    forMs: 60_000,
    severity: 'critical',
    owner: undefined,
    about: { broker: verbatim(id) },
    summary: said`RabbitMQ ${id} is short of memory and blocks publishers.`,
    description: said`Above its memory watermark the broker stops reading from every connection that publishes.`,
    runbook: said`Find the longest queue and bring its consumers back. Raise the memory of the node only if the backlog is what it must be able to hold.`,
  },
  {
    name: 'BrokerDisk',
    expression: `${series('rabbitmq_alarms_free_disk_space_watermark', { job: id })} == 1`,
    forMs: 60_000,
    severity: 'critical',
    owner: undefined,
    about: { broker: verbatim(id) },
    summary: said`RabbitMQ ${id} is short of disk and blocks publishers.`,
    description: said`Below its limit of free disk space the broker stops reading from every connection that publishes.`,
    runbook: said`Work off or replay the longest queues, or give the node more disk. Do not delete files of the broker.`,
  },
];

const nodePanels = (jobs: { node: string; queues: string }, vhost: string): Panel[] => [
  {
    title: 'Messages in queues',
    unit: 'short',
    queries: [
      {
        expression: `sum by (queue) (${series('rabbitmq_detailed_queue_messages', { job: jobs.queues, vhost })})`,
        legend: '{{queue}}',
      },
    ],
  },
  {
    title: 'Consumers of queues',
    unit: 'short',
    queries: [
      {
        expression: `sum by (queue) (${series('rabbitmq_detailed_queue_consumers', { job: jobs.queues, vhost })})`,
        legend: '{{queue}}',
      },
    ],
  },
  {
    title: 'Memory of the broker',
    unit: 'bytes',
    queries: [
      {
        expression: series('rabbitmq_process_resident_memory_bytes', { job: jobs.node }),
        legend: '{{instance}}',
      },
    ],
  },
  {
    title: 'Free disk of the broker',
    unit: 'bytes',
    queries: [
      {
        expression: series('rabbitmq_disk_space_available_bytes', { job: jobs.node }),
        legend: '{{instance}}',
      },
    ],
  },
];
