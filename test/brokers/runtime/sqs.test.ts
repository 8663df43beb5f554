import { DeleteQueueCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect } from 'vitest';
import { clientSettings } from '../../../runtime/aws/config.ts';
import { memoryStore } from '../../../runtime/index.ts';
import { sqs } from '../../../runtime/sqs/index.ts';
import { conformance, type Harness } from '../../runtime/conformance/index.ts';
import { fifoQueues, sqsQueues } from '../../runtime/support/channels.ts';
import { MemoryLog } from '../../runtime/support/scenario.ts';
import { FaultProxy } from '../../support/proxy.ts';
import { awsConfig, startAws } from '../support/aws.ts';
import type { Broker } from '../support/broker.ts';
import { describeWithBrokers } from '../support/require.ts';

describeWithBrokers('an emulator', { brokers: ['sqs'] }, () => {
  let aws: Broker;
  let proxy: FaultProxy;

  beforeAll(async () => {
    aws = await startAws();
    proxy = await FaultProxy.start(aws.url);
  });
  afterAll(async () => {
    await proxy?.stop();
    await aws?.dispose();
  });

  conformance('SQS', sqsQueues, harness, fifoQueues);

  async function harness(): Promise<Harness> {
    // Services close their store; this one is shared, and closing it does nothing.
    const store = memoryStore();
    // Declarations go round the proxy, which cuts the connections of the services only.
    const direct = awsConfig(aws.url);
    const transport = sqs(direct);
    const signal = () => AbortSignal.timeout(30_000);
    await transport.start({ exchanges: [], queues: [] }, new MemoryLog(), signal());
    const client = new SQSClient({ ...clientSettings(direct), useQueueUrlAsEndpoint: false });
    return {
      transport: () => sqs(awsConfig(proxy.via(aws.url))),
      store: () => store,
      declare: (topology) => transport.assertTopology(topology, signal()),
      deleteChannel: async (name) => {
        const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
        await client.send(new DeleteQueueCommand({ QueueUrl }));
      },
      cut: async () => {
        await expect.poll(() => proxy.connections, { timeout: 30_000 }).toBeGreaterThan(0);
        return proxy.reset();
      },
      close: async () => {
        await transport.close();
        client.destroy();
      },
    };
  }
});
