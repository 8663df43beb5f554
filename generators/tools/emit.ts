import argumentsTemplate from '../../templates/tools/arguments.ts.hbs';
import demoTemplate from '../../templates/tools/demo.ts.hbs';
import dlqTemplate from '../../templates/tools/dlq.ts.hbs';
import loadTemplate from '../../templates/tools/load.ts.hbs';
import memoryTemplate from '../../templates/tools/memory.ts.hbs';
import sendExamplesTemplate from '../../templates/tools/sendExamples.ts.hbs';
import servicesTemplate from '../../templates/tools/services.ts.hbs';
import setupTemplate from '../../templates/tools/setup.ts.hbs';
import testWiringTemplate from '../../templates/tools/testWiring.ts.hbs';
import topologiesTemplate from '../../templates/tools/topologies.ts.hbs';
import transportsTemplate from '../../templates/tools/transports.ts.hbs';
import { camelCase } from '../kit/identifiers.ts';
import { jsonImport } from '../kit/imports.ts';
import { Code, propertyKey } from '../kit/literals.ts';
import type { Output } from '../kit/output.ts';
import { render } from '../kit/templates.ts';
import { transportImports, transportUses } from '../services/transports.ts';
import type { WorkspacePlan } from '../workspace/plan.ts';

export function emitTools(plan: WorkspacePlan, out: Output): void {
  const brokers = plan.brokers.map(({ access }) => access);

  out.add(
    'tools/topologies.ts',
    render(topologiesTemplate, {
      brokers: brokers.map(({ id }) => ({
        key: new Code(propertyKey(id)),
        name: camelCase(id),
        import: jsonImport(camelCase(id), `../brokers/${id}/definitions.json`),
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
  out.add('tools/arguments.ts', render(argumentsTemplate));
  out.add('tools/memory.ts', render(memoryTemplate));
  out.add('tools/sendExamples.ts', render(sendExamplesTemplate));
  out.add('tools/testWiring.ts', render(testWiringTemplate));
  out.add('tools/demo.ts', render(demoTemplate));
  out.add('tools/load.ts', render(loadTemplate));
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
      rabbits: brokers.map(({ id, env }) => ({ id, env })),
      store: plan.store ?? false,
    }),
  );
}
