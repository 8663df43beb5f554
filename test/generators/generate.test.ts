import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { biomeFindings } from './biome.ts';
import { exampleText, fileOf, generated } from './support.ts';

const fulfilment = exampleText('fulfilment');

describe('generate', () => {
  test('is deterministic, and does not depend on layout and notes', () => {
    const moved = `${fulfilment.slice(0, fulfilment.indexOf('\nlayout:'))}\nnotes:\n  n1: { text: hello }\n`;
    expect([...generated(fulfilment)]).toEqual([...generated(fulfilment)]);
    expect([...generated(moved)]).toEqual([...generated(fulfilment)]);
  });

  test('lists its files in the order of their paths', () => {
    const paths = [...generated(fulfilment).keys()];
    expect(paths).toEqual([...paths].sort());
  });

  test('leaves handlers and the app file to the user, all else is generated', () => {
    const yours = [...generated(fulfilment)].filter(([, { ownership }]) => ownership === 'yours');
    expect(yours.map(([path]) => path)).toEqual(
      yours
        .map(([path]) => path)
        .filter((path) => /^services\/[^/]+\/src\/(app|handlers\/[^/]+)\.ts$/.test(path)),
    );
    expect(yours).toHaveLength(13);
  });

  test('copies the messaging library as it is', () => {
    const tree = generated(fulfilment);
    const copied = [...tree.keys()].filter((path) => /^messaging\/.*\.ts$/.test(path));
    expect(copied).toContain('messaging/rabbitmq/index.ts');
    for (const path of copied) {
      const source = new URL(`../../${path.replace('messaging', 'runtime')}`, import.meta.url);
      expect(fileOf(tree, path)).toBe(readFileSync(source, 'utf8'));
    }
  });

  test('writes code that a formatter and linter have nothing to change in', () => {
    expect(biomeFindings(generated(fulfilment))).toBe('');
  });
});
