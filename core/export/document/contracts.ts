import type { Design, Message } from '../../design/design.ts';
import { code, escaped } from '../../review/formats/markdown.ts';
import { table, valueText } from './table.ts';

/** Every message type with who sends and takes it, its fields, and an example. */
export function contracts(design: Design): string[] {
  if (design.messages.size === 0) return [];
  return ['## Message contracts', ...[...design.messages].flatMap((message) => contract(design, ...message))];
}

function contract(design: Design, id: string, message: Message): string[] {
  const facts = [
    message.version !== undefined && `version ${code(String(message.version))}`,
    message.aggregateIdPath && `aggregate id ${code(message.aggregateIdPath)}`,
    message.size && valueText(message.size),
  ].filter(Boolean);
  const example = message.examples?.[0];
  return [
    `### ${code(id)}`,
    `${[
      `Sent by ${naming(design.producers, id)}, taken by ${naming(design.consumers, id)}`,
      ...(facts.length > 0 ? [facts.join(', ')] : []),
    ].join('; ')}.`,
    ...fields(message.schema),
    ...(example === undefined ? [] : [`\`\`\`json\n${JSON.stringify(example, undefined, 2)}\n\`\`\``]),
  ];
}

/** The endpoints that state the message; a consumer that states none takes all that arrive. */
function naming(
  endpoints: ReadonlyMap<string, { readonly messages?: readonly string[] | undefined }>,
  message: string,
): string {
  const names = [...endpoints]
    .filter(([, { messages }]) => messages?.includes(message))
    .map(([id]) => code(id));
  return names.length > 0 ? names.join(', ') : 'nobody who says so';
}

type Schema = Readonly<Record<string, unknown>>;

/** The properties of an object as a table; any other schema, and what a table cannot show, as JSON. */
function fields(schema: unknown): string[] {
  if (schema === undefined) return [];
  const { properties, required } = (typeof schema === 'object' && schema !== null ? schema : {}) as {
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
  };
  if (!properties) return [`\`\`\`json\n${JSON.stringify(schema, undefined, 2)}\n\`\`\``];
  return [
    table(
      ['Field', 'Type', 'Required', 'Constraints'],
      Object.entries(properties).map(([name, property]) => {
        const { type, description, ...constraints } = property ?? {};
        return [
          code(name),
          valueText(type),
          required?.includes(name) ? 'yes' : 'no',
          [
            ...(Object.keys(constraints).length > 0 ? [valueText(constraints)] : []),
            ...(typeof description === 'string' ? [escaped(description)] : []),
          ].join(', ') || '–',
        ];
      }),
    ),
  ];
}
