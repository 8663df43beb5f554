import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { consumerOn } from '../../review/support/endpoints.ts';

const RETRIES = 5;

export const poisonBlocksShard = defineRule({
  id: 'kinesis/poison-blocks-shard',
  meta: {
    severity: 'error',
    brokers: ['kinesis'],
    fix: 'auto',
    title: 'A bad record does not stop its shard',
    docs: {
      what: 'A Lambda function that reads a Kinesis stream (a service with `runtime: lambda`, or a consumer with `esm`) must give a failed batch up: `esm.maxRetryAttempts` must not be -1 unless `esm.maxRecordAge` ends the retries, `esm.onFailure` must not be `none`, and `esm.bisect` should find the bad record (a warning). Missing values pass, since the generated mapping retries 5 times, halves the batch and dead-letters; Lambda itself retries for ever.',
      why: 'Lambda reads a shard in order and does not go past a batch that fails. With its defaults one record that cannot be processed stops the shard until the record expires: a day by default, up to a year, and what waits behind it may expire as well.',
    },
    sources: [sources.kinesisLambda],
  },
  options: noOptions,
  messages: {
    endless: {
      message:
        'Consumer {consumer} retries a failed batch of {stream} until its records expire (maxRetryAttempts: -1).',
      consequence: 'One bad record stops its shard for as long as the stream keeps it.',
    },
    dropped: {
      message: 'Consumer {consumer} drops the records of {stream} that it gives up (esm.onFailure: none).',
      consequence: 'The records are lost and can be neither examined nor replayed.',
    },
    whole: {
      message:
        'Consumer {consumer} gives up whole batches of {stream} for one bad record (esm.bisect: false).',
      consequence: 'Good records are dead-lettered with the bad one.',
    },
  },
  needs: [],
  each: {
    consumers({ graph, design, report, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'kinesis', consumer);
      if (endpoint?.channel.section !== 'streams') return;
      const { id, at, value, channel } = endpoint;
      const isLambda = design.services.get(graph.serviceOf(consumer))?.runtime === 'lambda';
      if (!isLambda && value.esm === undefined) return;
      const { maxRetryAttempts, maxRecordAge, bisect, onFailure } = value.esm ?? {};
      const data = { consumer: id, stream: channel.id };
      const fixOf = (label: string, field: string, to: unknown) => ({
        label,
        patches: () => [{ op: 'set' as const, path: ['consumers', id, 'esm', field], value: to }],
      });
      if (maxRetryAttempts === undefined) passByDefault({ at, attribute: 'consumers.esm.maxRetryAttempts' });
      if (maxRetryAttempts === -1 && maxRecordAge === undefined) {
        const fix = fixOf(`Give up after ${RETRIES} retries`, 'maxRetryAttempts', RETRIES);
        report({ at, field: 'esm.maxRetryAttempts', messageId: 'endless', data, fix });
      }
      if (onFailure === undefined) passByDefault({ at, attribute: 'consumers.esm.onFailure' });
      if (onFailure === 'none') {
        const fix = fixOf('Dead-letter what is given up', 'onFailure', 'dead-letter');
        report({ at, field: 'esm.onFailure', messageId: 'dropped', data, fix });
      }
      if (bisect === undefined) passByDefault({ at, attribute: 'consumers.esm.bisect' });
      if (bisect === false) {
        const fix = fixOf('Halve a failed batch', 'bisect', true);
        report({ at, field: 'esm.bisect', messageId: 'whole', data, severity: 'warn', fix });
      }
    },
  },
});
