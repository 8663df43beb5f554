import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { probeBrokers } from './fault.ts';

it('has a run for each broker', () => {
  const runs = readdirSync(import.meta.dirname).flatMap(
    (file) => /^([\w-]+)\.test\.ts$/.exec(file)?.[1] ?? [],
  );
  expect(runs.filter((name) => name !== 'registry').sort()).toEqual([...probeBrokers].sort());
});
