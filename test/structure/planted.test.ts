import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Patch, PlantedBug } from '../faults/planted/bug.ts';
import { patched } from '../faults/planted/plant.ts';
import { plantedBugs } from '../faults/planted/registry.ts';

const patch: Patch = { file: 'a.ts', search: 'ack();', replacement: '' };

describe('planted bugs', () => {
  it.each(Object.entries<PlantedBug>(plantedBugs))(
    '%s applies to the library as it is',
    (_id, { patches }) => {
      const texts = new Map<string, string>();
      for (const each of patches) {
        const text = texts.get(each.file) ?? readFileSync(join('runtime', each.file), 'utf8');
        texts.set(each.file, patched(text, each));
        expect(texts.get(each.file)).not.toBe(text);
      }
      expect(texts.size).toBeGreaterThan(0);
    },
  );

  it('are refused where the text is not there, or there more than once', () => {
    expect(() => patched('nack();', { ...patch, search: ' ack();' })).toThrow(
      /no longer applies: a\.ts has no " ack\(\);"/,
    );
    expect(() => patched('ack(); ack();', patch)).toThrow(/no longer applies: a\.ts has more than one/);
    expect(patched('effect(); ack();', patch)).toBe('effect(); ');
  });
});
