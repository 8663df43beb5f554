import { describe, expect, test } from 'vitest';
import { Graph } from '../../../../core/design/graph.ts';
import { load } from '../../../../core/text/load.ts';
import { factsOf } from '../../../../renderer/panels/contracts/facts.ts';

const { design } = load(`brokerloom: 1
design: { name: shop, environment: prod }
brokers: { log: { kind: kafka } }
messages:
  bare: { version: 1 }
  sound:
    schema: { type: object, required: [id], properties: { id: { type: string } } }
    examples: [{ id: a }]
  broken:
    version: 3
    schema: { type: object, required: [id], properties: { id: { type: string } } }
    versions:
      - { version: 1, schema: { type: object, properties: { id: { type: integer } } } }
      - { version: 2, schema: { type: object, required: [id], properties: { id: { type: string } } } }
    examples: [{ id: 1 }, {}]
streams: { history: { broker: log } }
producers: { shop: { channel: history, messages: [broken] } }
`);
if (!design) throw new Error('the text is not a design');
const graph = Graph.of(design);

describe('what the list of contracts says', () => {
  test.each([
    ['bare', ['no schema']],
    ['sound', []],
    // On a log every version is read again, so version 1 counts too.
    ['broken', ['2 examples do not fit', 'breaks version 1']],
  ])('of %s is %j', (id, faults) => {
    expect(factsOf(graph, id)?.faults).toEqual(faults);
  });

  test('is nothing of a message that is not there', () => {
    expect(factsOf(graph, 'gone')).toBeUndefined();
  });
});
