import administratorsTemplate from '../../templates/tools/administrators.ts.hbs';
import argumentsTemplate from '../../templates/tools/arguments.ts.hbs';
import demoTemplate from '../../templates/tools/demo.ts.hbs';
import devTemplate from '../../templates/tools/dev.ts.hbs';
import dlqTemplate from '../../templates/tools/dlq.ts.hbs';
import loadTemplate from '../../templates/tools/load.ts.hbs';
import memoryTemplate from '../../templates/tools/memory.ts.hbs';
import sampleTemplate from '../../templates/tools/sample.ts.hbs';
import sendingTemplate from '../../templates/tools/sending.ts.hbs';
import servicesTemplate from '../../templates/tools/services.ts.hbs';
import setupTemplate from '../../templates/tools/setup.ts.hbs';
import testWiringTemplate from '../../templates/tools/testWiring.ts.hbs';
import topologiesTemplate from '../../templates/tools/topologies.ts.hbs';
import topologyTemplate from '../../templates/tools/topology.ts.hbs';
import trafficTemplate from '../../templates/tools/traffic.ts.hbs';
import transportsTemplate from '../../templates/tools/transports.ts.hbs';
import type { BrokerAccess } from '../broker.ts';
import { images } from '../compose/images.ts';
import { camelCase, isIdentifier } from '../kit/identifiers.ts';
import { jsonImport } from '../kit/imports.ts';
import { Code, propertyKey, stringLiteral } from '../kit/literals.ts';
import type { Output } from '../kit/output.ts';
import { render } from '../kit/templates.ts';
import { transportImports, transportUses } from '../services/transports.ts';
import type { WorkspacePlan } from '../workspace/plan.ts';

/** Image of the jobs that set a broker up before the services start. */
const DOCKERFILE = `# Built from the root of the workspace: docker build -f tools/Dockerfile .
FROM ${images.node}
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
COPY contracts contracts
COPY messaging messaging
COPY services services
COPY brokers brokers
COPY tools tools
RUN npm ci --omit=dev
USER node
CMD ["node", "tools/topology.ts", "verify"]
`;

export function emitTools(plan: WorkspacePlan, out: Output): void {
  const brokers = plan.brokers.map(({ access }) => access);
  const usersOf = (module: string) =>
    brokers.filter(({ transport }) => transport.module === module).map(({ id, env }) => ({ id, env }));

  out.add(
    'tools/topologies.ts',
    render(topologiesTemplate, {
      kafka: brokers.some(({ topology }) => topology.type === 'KafkaTopology'),
      kinesis: brokers.some(({ topology }) => topology.type === 'KinesisTopology'),
      redis: brokers.some(({ topology }) => topology.type === 'RedisTopology'),
      sns: brokers.some(({ topology }) => topology.type === 'SnsTopology'),
      sqs: brokers.some(({ topology }) => topology.type === 'SqsTopology'),
      brokers: brokers.map(({ id, topology: { file, type } }) => ({
        key: new Code(propertyKey(id)),
        name: camelCase(id),
        type,
        import: jsonImport(camelCase(id), `../brokers/${id}/${file}`),
      })),
    }),
  );
  out.add(
    'tools/services.ts',
    render(servicesTemplate, {
      services: plan.services.map(({ id, variable }) => ({
        variable,
        file: `../services/${id}/src/service.ts`,
      })),
      names: plan.services.map(({ variable }) => variable),
    }),
  );
  out.add(
    'tools/administrators.ts',
    render(administratorsTemplate, {
      modules: transportImports(brokers, (module) => `../messaging/${module}/index.ts`, [], 'admin'),
      brokers: brokers.map(({ id, env, transport }) => ({
        key: new Code(propertyKey(id)),
        factory: transport.admin,
        env,
        topology: topologyOf(id),
      })),
    }),
  );
  out.add('tools/topology.ts', render(topologyTemplate));
  out.add('tools/Dockerfile', DOCKERFILE);
  const outbox = plan.services.some(({ database }) => database.outbox);
  out.add('tools/arguments.ts', render(argumentsTemplate));
  out.add('tools/memory.ts', render(memoryTemplate, { outbox, joined: joinedInMemory(brokers) }));
  out.add('tools/sample.ts', render(sampleTemplate));
  out.add('tools/traffic.ts', render(trafficTemplate));
  out.add('tools/sending.ts', render(sendingTemplate));
  out.add('tools/testWiring.ts', render(testWiringTemplate));
  out.add('tools/demo.ts', render(demoTemplate));
  out.add('tools/dev.ts', render(devTemplate));
  out.add('tools/load.ts', render(loadTemplate, { outbox }));
  out.add('tools/dlq.ts', render(dlqTemplate));
  out.add(
    'tools/transports.ts',
    render(transportsTemplate, {
      modules: transportImports(brokers, (module) => `../messaging/${module}/index.ts`),
      transports: transportUses(brokers),
    }),
  );
  out.add(
    'tools/setup.ts',
    render(setupTemplate, {
      rabbits: usersOf('rabbitmq'),
      kafkas: usersOf('kafka'),
      redises: [...usersOf('redis'), ...(plan.store ? [plan.store] : [])].map(({ id, env }) => ({ id, env })),
      aws: brokers.flatMap(({ env, accessKeys = [] }) =>
        accessKeys.length > 0 ? [{ env, users: accessKeys }] : [],
      ),
      hashes:
        usersOf('rabbitmq').length > 0 ||
        usersOf('redis').length > 0 ||
        plan.store !== undefined ||
        plan.database !== undefined,
      passwords:
        ['rabbitmq', 'kafka', 'redis'].some((module) => usersOf(module).length > 0) ||
        plan.store !== undefined ||
        plan.database !== undefined,
      derives: usersOf('kafka').length > 0 || plan.database !== undefined,
      database: plan.database ?? false,
    }),
  );
}

const topologyOf = (id: string): Code =>
  new Code(isIdentifier(id) ? `topologies.${id}` : `topologies[${stringLiteral(id)}]`);

/** Brokers of which one delivers into the queues of the other. */
function joinedInMemory(brokers: readonly BrokerAccess[]) {
  const ofType = (...types: readonly BrokerAccess['topology']['type'][]) =>
    brokers.filter(({ topology }) => types.includes(topology.type));
  if (ofType('SnsTopology').length === 0) return [];
  return ofType('SnsTopology', 'SqsTopology').map(({ id }) => ({
    key: new Code(propertyKey(id)),
    topology: topologyOf(id),
  }));
}
