import type { Expression } from './promql.ts';
import type { Said } from './said.ts';

/** An entry of https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config, as data. */
export type ScrapeConfig = { readonly job_name: string } & Readonly<Record<string, unknown>>;

/** An alerting rule: https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
export interface AlertRule {
  readonly name: string;
  readonly expression: Expression;
  /** How long it must hold, in ms. */
  readonly forMs: number;
  /** `critical`: messages are at risk or nobody handles them. `warning`: they will be, unless somebody looks. */
  readonly severity: 'critical' | 'warning';
  readonly owner: Said | undefined;
  /** What it is about, where the series do not say: labels, without which two alerts of one name would be one. */
  readonly about: { readonly [Name in 'broker' | 'channel' | 'service']?: Said };
  /** One line for the person who is called. */
  readonly summary: Said;
  /** What it means, and where the threshold comes from. */
  readonly description: Said;
  /** What to do, as text or as the address of a page. */
  readonly runbook: Said;
}

/** A graph of a dashboard. */
export interface Panel {
  readonly title: string;
  readonly unit: 'short' | 's' | 'bytes' | 'ops';
  readonly queries: readonly { readonly expression: Expression; readonly legend: string }[];
}

/** How a broker and what is on it are watched. Channels go by their names on the broker. */
export interface BrokerMonitoring {
  /** Where Prometheus reads the broker itself; none where only its clients know. */
  readonly scrapes: readonly ScrapeConfig[];
  /** Messages that are not handled yet; `undefined` where nobody knows. */
  backlog(channel: string): Expression | undefined;
  /** Dead letters in the channel; where nothing can be taken out of it, those of the last hour. */
  deadLetters(channel: string): Expression | undefined;
  /** Consumers that are attached, where the broker counts them. */
  attached?(channel: string): Expression;
  /** Seconds until the channel loses messages; `undefined` where it never does. */
  timeToLoss(channel: string): Expression | undefined;
  /** Of the broker itself. */
  readonly rules: readonly AlertRule[];
  readonly panels: readonly Panel[];
}
