import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../core/design/design.ts';
import { Session } from '../../../core/history/session.ts';
import { sections } from '../../../core/kinds/registry.ts';
import { applyPatches, sameValue } from '../../../core/text/apply.ts';
import { canonical } from '../../../core/text/canonical.ts';
import { load } from '../../../core/text/load.ts';

const folder = 'test/fixtures/corpus';
const files = readdirSync(folder).sort();

const canonicalText = (text: string): string => {
  const { source } = load(text);
  const result = source && canonical(source);
  if (!result?.ok) throw new Error(result?.error.message);
  return result.value;
};
const lines = (text: string): string[] => text.split(/\r?\n/).sort();

describe.each(files)('%s', (file) => {
  const text = readFileSync(`${folder}/${file}`, 'utf8');

  it('opens and saves as it is', () => {
    const session = new Session(text);
    expect(session.loaded.problems).toEqual([]);
    expect(session.text).toBe(text);
  });

  it('is as before after a change of each element, and its undo', () => {
    const session = new Session(text);
    const design = session.design;
    for (const section of sections) {
      for (const id of design?.[section].keys() ?? []) {
        const before = session.loaded.source?.value;
        const path = [section, id, 'x-new'];
        const done = session.run('element.set', {
          address: addressOf(section, id),
          field: ['x-new'],
          value: 'a "b" # c',
        });
        expect(done).toMatchObject({ ok: true });
        const wanted = applyPatches(before, [{ op: 'set', path, value: 'a "b" # c' }]);
        expect(sameValue(session.loaded.source?.value, wanted)).toBe(true);
      }
    }
    while (session.undo());
    expect(session.text).toBe(text);
  });

  it('means the same in canonical order, which is final', () => {
    const after = canonicalText(text);
    expect(sameValue(load(after).source?.value, load(text).source?.value)).toBe(true);
    expect(canonicalText(after)).toBe(after);
    if (file !== 'any-order.loom.yaml') expect(lines(after)).toEqual(lines(text));
  });
});
