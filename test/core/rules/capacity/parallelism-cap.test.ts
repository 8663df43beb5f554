import { parallelismCap } from '../../../../core/rules/capacity/parallelism-cap.ts';
import { testRule } from '../tester.ts';

testRule(parallelismCap, {
  valid: [
    {
      name: 'as many instances as partitions',
      design: `
services: { work: { replicas: { max: 4 } } }
streams: { jobs: { broker: log, partitions: 4 } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
    },
    {
      name: 'handlers that share a partition',
      design: `
services: { work: { replicas: { max: 4 } } }
streams: { jobs: { broker: log, partitions: 4 } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms }, concurrency: 5, concurrencyPerPartition: 5 } }
`,
    },
    {
      name: 'a share group',
      design: `
services: { work: { replicas: { max: 4 } } }
streams: { jobs: { broker: log, partitions: 1 } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms }, groupType: share } }
`,
    },
    {
      name: 'on-demand shards',
      design: `
services: { work: { replicas: { max: 40 } } }
streams: { jobs: { broker: kinesis } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
    },
    {
      name: 'Redis, which hands entries out one by one',
      design: `
services: { work: { replicas: { max: 4 } } }
streams: { jobs: { broker: redis, partitions: 1 } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
    },
  ],
  invalid: [
    {
      name: 'more instances than the partitions that are generated',
      design: `
services: { work: { replicas: { max: 8 } } }
streams: { jobs: { broker: log } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
      becomes: `
services: { work: { replicas: { max: 8 } } }
streams: { jobs: { broker: log, partitions: 8 } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
      finds: [{ messageId: 'idle-members', element: 'streams/jobs', field: 'partitions' }],
    },
    {
      name: 'more handlers than partitions',
      design: `
services: { work: { replicas: { max: 4 } } }
streams: { jobs: { broker: kinesis, mode: provisioned, partitions: 4 } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms }, concurrency: 2, concurrencyPerPartition: 1 } }
`,
      becomes: `
services: { work: { replicas: { max: 4 } } }
streams: { jobs: { broker: kinesis, mode: provisioned, partitions: 8 } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms }, concurrency: 2, concurrencyPerPartition: 1 } }
`,
      finds: [{ messageId: 'idle-handlers', element: 'streams/jobs', field: 'partitions', severity: 'warn' }],
    },
  ],
});
