/** Versions that generated workspaces install, as of 2026-11; exact, so that a workspace builds tomorrow as today. */
export const versions = {
  '@aws-sdk/client-kinesis': '3.1143.0',
  '@aws-sdk/client-sns': '3.1169.0',
  '@aws-sdk/client-sqs': '3.1169.0',
  '@opentelemetry/api': '1.10.0',
  '@opentelemetry/exporter-trace-otlp-http': '0.301.0',
  '@opentelemetry/resources': '3.1.0',
  '@opentelemetry/sdk-trace': '3.1.0',
  '@platformatic/kafka': '2.12.1',
  '@smithy/node-http-handler': '4.14.2',
  '@types/node': '24.19.2',
  '@types/pg': '8.23.1',
  ajv: '8.20.0',
  'ajv-formats': '3.0.1',
  amqplib: '2.3.1',
  pg: '8.23.1',
  pino: '10.4.0',
  'prom-client': '15.1.3',
  redis: '6.3.1',
  typescript: '7.0.2',
} as const;

/** Of Python, for the workers of Celery; those of a kind together install and run on Python 3.11 and newer. */
export const pythonVersions = {
  runtime: {
    celery: '5.7.0',
    kombu: '5.7.0',
    redis: '8.1.0',
    'psycopg[binary]': '3.3.9',
    'prometheus-client': '0.26.0',
    jsonschema: '4.26.0',
  },
  development: { mypy: '2.4.1', pytest: '9.2.0', ruff: '0.17.6', 'types-jsonschema': '4.26.0.20261006' },
  setuptools: '84.2.1',
} as const;

/**
 * Oldest Node that runs TypeScript files without a flag (22.18, https://nodejs.org/docs/latest-v22.x/api/typescript.html)
 * and that every library above accepts: @platformatic/kafka names 22.22 in its `engines`.
 */
export const NODE = '22.22';
