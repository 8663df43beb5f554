/** A design with elements on each broker, and lists and maps for the inspector. */
export const ofEveryBroker = `brokerloom: 1

design:
  name: brokers
  environment: prod

brokers:
  mail: { kind: redis, version: "8.2" }
  aws: { kind: sqs, region: eu-west-1 }
  news: { kind: sns, region: eu-west-1 }
  clicks: { kind: kinesis, region: eu-west-1 }
  log: { kind: kafka }
  mq: { kind: rabbitmq }
  jobs: { kind: celery, transport: mail }

services:
  shop: { permissions: [{ channel: orders, may: write }] }
  billing: {}
  reports: { language: python }

messages:
  order.placed: { version: 1, attributes: [region] }
  page.viewed: { version: 1 }
  report.asked: { version: 1 }

exchanges:
  prices: { broker: mq, type: headers }

queues:
  charges: { broker: aws, type: fifo, visibility: 60s, retry: standard, deadLetter: true }
  audit: { broker: aws, retry: standard, deadLetter: true }
  reporting: { broker: jobs }
  quotes: { broker: mq, retry: standard, deadLetter: true }

topics:
  orders: { broker: news, fifo: true }
  ticker: { broker: mail }

streams:
  views: { broker: clicks, mode: provisioned, partitions: 4, retention: 24h }
  letters: { broker: mail, partitions: 2, maxLen: 100000 }
  ledger: { broker: log, partitions: 12, retention: 30d, replication: 3 }

bindings:
  prices-quotes: { source: prices, destination: quotes, headers: { region: eu, tier: 2 } }

subscriptions:
  orders-charges: { topic: orders, endpoint: charges }
  orders-audit: { topic: orders, endpoint: audit, filter: { region: [eu, us] } }

producers:
  checkout: { service: shop, channel: orders, messages: [order.placed], headers: { region: eu }, rate: { avg: 5/s, peak: 50/s } }
  browser: { service: shop, channel: views, messages: [page.viewed], partitionKey: /session, rate: { peak: 2000/s } }
  asking: { service: shop, channel: reporting, messages: [report.asked] }
  writing: { service: shop, channel: letters, messages: [order.placed] }
  booking: { service: shop, channel: ledger, messages: [order.placed], partitionKey: /id }
  pricing: { service: shop, channel: prices, messages: [order.placed] }
  ticking: { service: shop, channel: ticker, messages: [order.placed] }

consumers:
  charge:
    service: billing
    channel: charges
    idempotency: standard
    processing: { p99: 200ms }
    externalCalls:
      - { name: bank, idempotent: true, passesKey: true }
      - { name: mail }
  watch: { service: billing, channel: audit, idempotency: standard }
  trend: { service: billing, channel: views, idempotency: standard, efo: true }
  render: { service: reports, channel: reporting, idempotency: standard, celery: { timeLimit: 5m } }
  send: { service: billing, channel: letters, idempotency: standard }
  book: { service: billing, channel: ledger, idempotency: standard, deadLetter: true }
  quote: { service: billing, channel: quotes, idempotency: standard }
  listen: { service: billing, channel: ticker, sideEffects: [] }
`;
