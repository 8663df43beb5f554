import { bool, int, object, objects, oneOf, ref, text } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { sources } from '../sources.ts';

const replicaParts = {
  min: int({
    unit: 'instances',
    doc: 'Fewest instances.',
    default: { value: 1, why: 'one is enough to start with' },
  }),
  max: int({
    min: 1,
    unit: 'instances',
    doc: 'Most instances.',
    default: { value: 1, why: 'nothing is scaled unless the design says so' },
  }),
} as const;

const permissionItems = {
  channel: ref('channels', { required: true, doc: 'Channel that the permission is for.' }),
  may: oneOf(['read', 'write', 'configure'], {
    required: true,
    doc: 'What the service may do: consume, publish, or declare and delete.',
    source: sources.rabbitAccess,
  }),
} as const;

export const service = defineKind({
  id: 'service',
  section: 'services',
  title: 'Service',
  doc: 'A program that publishes or consumes; its replicas share the work of its consumers.',
  drawn: 'none',
  attributes: {
    owner: text({ group: 'Identity', doc: 'Team that runs it.' }),
    description: text({ group: 'Identity', doc: 'What it does.' }),
    language: oneOf(['ts', 'python', 'java'], {
      group: 'Code',
      doc: 'Language of the service. Celery workers are Python.',
      default: { value: 'ts; python for Celery workers', why: 'what is generated' },
    }),
    runtime: oneOf(['node', 'lambda', 'worker'], {
      group: 'Code',
      doc: 'What runs it.',
      default: { value: 'node', why: 'what is generated' },
    }),
    replicas: object(replicaParts, {
      group: 'Capacity',
      doc: 'Instances that run at once.',
      default: { value: '1', why: 'one instance is enough to start with' },
    }),
    tracing: bool({
      group: 'Code',
      doc: 'Whether the service passes the correlation id and the trace context of what it consumes on to what it publishes.',
      default: { value: true, why: 'the generated handler publishes in the context of its message' },
    }),
    permissions: objects(permissionItems, {
      group: 'Security',
      doc: 'What the credentials of the service allow.',
      default: { value: 'what its producers and consumers need', why: 'a stolen credential opens no more' },
      source: sources.rabbitAccess,
    }),
    database: text({ group: 'Code', doc: 'Database that the service writes to, if any.' }),
  },
});
