import { expect, test } from 'vitest';
import { placesIn } from '../../../core/text/plain.ts';

const TEXT = `  shop:
    owner: a # one
    replicas: { min: 2, max: 4 }
    permissions:
      - channel: q
        may: [read, write]
      - channel: r
        may: [read]
    owners:
    - x
    - owner: y
      more:
        owner: z
`;

test.each([
  [['owner'], 'owner', 'a'],
  [['replicas', 'max'], 'max', '4'],
  [['permissions', 0, 'channel'], 'channel', 'q'],
  [['permissions', 0, 'may', 1], 'write', 'write'],
  [['permissions', 1, 'channel'], 'channel', 'r'],
  [['owners', 0], 'x', 'x'],
  [['owners', 1, 'owner'], 'owner', 'y'],
  [['owners', 1, 'more', 'owner'], 'owner', 'z'],
] as const)('says where %j stands', (path, key, value) => {
  const places = placesIn(TEXT, path);
  const text = (range = { start: 0, end: 0 }): string => TEXT.slice(range.start, range.end);
  expect([text(places?.key), text(places?.value)]).toEqual([key, value]);
});

test('finds nothing where nothing stands', () => {
  expect(placesIn(TEXT, ['more'])).toBeUndefined();
  expect(placesIn(TEXT, ['permissions', 2, 'channel'])).toBeUndefined();
});
