import compileTemplate from '../../templates/contracts/compile.ts.hbs';
import examplesTemplate from '../../templates/contracts/examples.ts.hbs';
import indexTemplate from '../../templates/contracts/index.ts.hbs';
import messageTemplate from '../../templates/contracts/message.ts.hbs';
import { jsonImport } from '../kit/imports.ts';
import { jsonFile } from '../kit/json.ts';
import { Code, propertyKey } from '../kit/literals.ts';
import type { Output } from '../kit/output.ts';
import { render } from '../kit/templates.ts';
import type { ContractPlan } from './plan.ts';
import { typeOf } from './types.ts';

export function emitContracts(contracts: readonly ContractPlan[], messaging: string, out: Output): void {
  for (const contract of contracts) {
    const { id, schema, examples, description, version, aggregateIdPath = '' } = contract;
    out.add(`contracts/schemas/${id}.json`, jsonFile(schema === true ? {} : schema));
    out.add(`contracts/examples/${id}.json`, jsonFile(examples));
    out.add(
      `contracts/messages/${id}.ts`,
      render(messageTemplate, {
        ...contract,
        aggregateIdPath,
        messaging,
        schemaImport: jsonImport('schema', `../schemas/${id}.json`),
        documentation: description || `Body of ${id}, version ${version}.`,
        declaration: declaration(contract),
      }),
    );
  }
  out.add('contracts/compile.ts', render(compileTemplate, { messaging }));
  out.add(
    'contracts/index.ts',
    render(indexTemplate, { contracts: contracts.map(({ id }) => ({ file: `./messages/${id}.ts` })) }),
  );
  out.add(
    'contracts/examples.ts',
    render(examplesTemplate, {
      contracts: contracts.map(({ id, name }) => ({
        key: new Code(propertyKey(id)),
        name,
        import: jsonImport(name, `./examples/${id}.json`),
      })),
    }),
  );
}

function declaration({ type, schema }: ContractPlan): Code {
  const body = typeOf(schema);
  const isInterface = body.startsWith('{') && body.endsWith('}') && !body.includes('} | ');
  return new Code(
    isInterface ? `export interface ${type} ${body}` : `export type ${type} = ${body.trimStart()};`,
  );
}
