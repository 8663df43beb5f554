import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMap, type Pair, parseDocument } from 'yaml';
import { placesBelow } from '../../../core/text/nodes.ts';
import { placesIn, readPlain } from '../../../core/text/plain.ts';
import { splitDocument } from '../../../core/text/split.ts';

/** What the parser of YAML makes of a text with one key; `undefined` where it has anything to say against it. */
function parsed(text: string): { readonly value: unknown; readonly pair: Pair } | undefined {
  const document = parseDocument(text, { prettyErrors: false, strict: true });
  if (document.errors.length + document.warnings.length > 0 || !isMap(document.contents)) return undefined;
  const { items } = document.contents;
  return items[0] && items.length === 1 ? { value: document.toJS(), pair: items[0] as Pair } : undefined;
}

/** Paths to everything in a value, itself included. */
function* pathsIn(value: unknown, path: (string | number)[] = []): Generator<(string | number)[]> {
  yield path;
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* pathsIn(item, [...path, i]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) yield* pathsIn(item, [...path, key]);
}

/** @returns Whether the text was read without the parser; then it means to both the same, at the same places. */
function agrees(text: string): boolean {
  const plain = readPlain(text);
  if (!plain) return false;
  const whole = parsed(text);
  expect({ [plain.key]: plain.value }).toEqual(whole?.value);
  for (const path of [...pathsIn(plain.value), ['missing'], ['missing', 0]]) {
    const places = placesIn(text, path);
    const wanted = placesBelow(whole?.pair, path);
    expect(places === undefined).toBe(wanted === undefined);
    if (places?.key) expect(places.key).toEqual(wanted?.key);
    if (places?.value) expect(places.value).toEqual(wanted?.value);
  }
  return true;
}

const designs = ['examples', 'test/fixtures/corpus'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
);
const stretches = designs.flatMap((text) =>
  (splitDocument(text, () => true) ?? []).flatMap(({ start, end, entries }) =>
    [{ start, end: entries[0]?.start ?? end }, ...entries].map((at) => text.slice(at.start, at.end)),
  ),
);

describe('readPlain', () => {
  it('reads most of what people write', () => {
    const read = stretches.filter(agrees);
    expect(read.length / stretches.length).toBeGreaterThan(0.8);
  });

  it('reads nothing otherwise than the parser of YAML does', () => {
    const signs = [
      ...[
        '',
        ' ',
        '  ',
        '    ',
        '\n',
        '\n  ',
        '\n    ',
        '\r\n',
        '\t',
        ':',
        ': ',
        '#',
        ' #',
        '- ',
        '\n- ',
        '\n  - a',
      ],
      ...[
        '"',
        "'",
        '\\',
        '{',
        '}',
        '{ a: 1 }',
        '[',
        ']',
        '[a, 1]',
        ',',
        ', ',
        '&a ',
        '*a',
        '!',
        '!!str ',
        '|',
        '>',
      ],
      ...[
        '?',
        '? ',
        '%',
        '@',
        '`',
        '~',
        'null',
        'true',
        'NO',
        '0',
        '-0',
        '007',
        '1e3',
        '1.50',
        '.5',
        '0x1f',
        '0o17',
      ],
      ...[
        '-.inf',
        '.nan',
        '+1',
        '12345678901234567890',
        '---',
        '...',
        '<<',
        '__proto__',
        '\ufeff',
        '\u00a0',
        'é',
        '=',
        '-a',
      ],
    ];
    const change = fc.record({ at: fc.nat(), removed: fc.nat(4), inserted: fc.constantFrom(...signs) });
    const mutated = fc.tuple(fc.constantFrom(...stretches), fc.array(change, { maxLength: 4 }));
    fc.assert(
      fc.property(mutated, ([text, changes]) => {
        agrees(
          changes.reduce((changed, { at, removed, inserted }) => {
            const from = at % (changed.length + 1);
            return changed.slice(0, from) + inserted + changed.slice(from + removed);
          }, text),
        );
      }),
      { numRuns: 5000 },
    );
  });

  it('reads no composition of signs otherwise', () => {
    const sign = fc.constantFrom(
      ...[
        'a',
        'b: ',
        'c:',
        ': ',
        '- ',
        '-',
        ' ',
        '  ',
        '\n',
        '\n  ',
        '\n    ',
        '#',
        ' # x',
        '{',
        '}',
        '[',
        ']',
        ',',
      ],
      ...[
        '"',
        "'",
        '1',
        '0',
        '.',
        'e',
        '-1',
        'x',
        'true',
        '~',
        ' - a: 1',
        '\n  d: ',
        '\r\n',
        "''",
        '"q"',
        "'s'",
      ],
    );
    fc.assert(
      fc.property(
        fc.array(sign, { minLength: 1, maxLength: 14 }),
        (parts) => void agrees(`k: ${parts.join('')}`),
      ),
      { numRuns: 10_000 },
    );
  });
});
