import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Graph } from '../../../../core/design/graph.ts';
import { drawingOf } from '../../../../core/drawing/drawing.ts';
import { sceneOf } from '../../../../core/drawing/scene.ts';
import { type Palette, palettes, themes } from '../../../../core/drawing/svg/colors.ts';
import { type Glyph, glyphs } from '../../../../core/drawing/svg/glyphs.ts';
import { svgOf } from '../../../../core/drawing/svg/svg.ts';
import { faces, fitted, widthOf } from '../../../../core/drawing/svg/text.ts';
import { designOf, exampleText } from '../../../generators/support.ts';

const svgFor = (text: string, options: Partial<Parameters<typeof svgOf>[1]> = {}): string =>
  svgOf(drawingOf(Graph.of(designOf(text))), { theme: 'light', ...options });

/** Every element of the document in order, with its depth; throws where tags do not match. */
function elements(svg: string): string[] {
  const open: string[] = [];
  const all: string[] = [];
  for (const [, close, name = '', self] of svg.matchAll(/<(\/?)([a-z]+)(?:\s[^>]*?)?(\/?)>/g)) {
    if (close) expect(open.pop()).toBe(name);
    else all.push(name);
    if (!close && !self) open.push(name);
  }
  expect(open).toEqual([]);
  return all;
}

test('the picture of the e-commerce scenario', async () => {
  await expect(svgFor(exampleText('e-commerce'))).toMatchFileSnapshot(
    '../../../golden/export/e-commerce.svg',
  );
});

test('is one well-formed document whose size is that of the whole drawing', () => {
  const svg = svgFor(exampleText('orders'));
  expect(elements(svg).filter((name) => name === 'svg')).toHaveLength(1);
  const drawing = drawingOf(Graph.of(designOf(exampleText('orders'))));
  const [, x, y, width, height] = (/viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(svg) ?? []).map(Number);
  expect(x).toBeLessThan(drawing.box.x);
  expect(y).toBeLessThan(drawing.box.y);
  expect((x ?? 0) + (width ?? 0)).toBeGreaterThan(drawing.box.x + drawing.box.width);
  expect((y ?? 0) + (height ?? 0)).toBeGreaterThan(drawing.box.y + drawing.box.height);
});

test('names every element, and what a shorthand implies', () => {
  const svg = svgFor(exampleText('orders'));
  for (const { id } of sceneOf(Graph.of(designOf(exampleText('orders')))).nodes)
    expect(svg).toContain(`<title>${id}: `);
});

test('a small picture has shapes and no texts', () => {
  const plain = elements(svgFor(exampleText('orders'), { plain: true }));
  expect(plain).not.toContain('text');
  expect(plain.filter((name) => name === 'path').length).toBeGreaterThan(40);
});

test('text of a design cannot become markup', () => {
  const text = `brokerloom: 1
design: { name: "a\\"><script>alert(1)</script>" }
notes:
  n: { text: "<img src=x onerror=alert(1)> & [link](javascript:alert(1))" }
`;
  const svg = svgFor(text);
  expect(elements(svg)).not.toContain('script');
  expect(elements(svg)).not.toContain('img');
  expect(svg).not.toMatch(/href|javascript:/);
});

test('an empty design is an empty picture', () => {
  expect(elements(svgFor('brokerloom: 1\ndesign: { name: empty }\n'))).toEqual(['svg', 'rect']);
});

describe('looks like the canvas', () => {
  const css = readFileSync('renderer/theme/tokens.css', 'utf8');
  test.each(themes)('in the colours of its %s theme', (theme) => {
    const block = css.slice(theme === 'light' ? 0 : css.indexOf('[data-mantine-color-scheme="dark"]'));
    for (const [name, color] of Object.entries<string>(palettes[theme] satisfies Palette)) {
      const token = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      expect(`${token}: ${new RegExp(`--${token}: (#\\w+);`).exec(block)?.[1]}`).toBe(`${token}: ${color}`);
    }
  });

  const icons = {
    producer: 'ArrowBigRight',
    topic: 'Broadcast',
    stream: 'RowInsertBottom',
    delay: 'Clock',
    direct: 'ArrowRight',
    routed: 'Hash',
    fanout: 'ArrowsSplit2',
    headers: 'ListDetails',
    hashed: 'ArrowsRandom',
  } as const satisfies Record<Glyph, string>;
  test.each(Object.entries(icons))('with the glyph of %s', (glyph, icon) => {
    const source = readFileSync(`node_modules/@tabler/icons-react/dist/esm/icons/Icon${icon}.mjs`, 'utf8');
    expect([...source.matchAll(/"d": "([^"]+)"/g)].map(([, d]) => d)).toEqual(glyphs[glyph as Glyph]);
  });
});

test('a text that is too long for its room ends in an ellipsis, within it', () => {
  const long = 'transactional inbox · p99 10ms · per key';
  const short = fitted(long, 120, faces.facts);
  expect(short).toMatch(/^transactional inbox.*…$/);
  expect(widthOf(short, faces.facts)).toBeLessThanOrEqual(120);
  expect(fitted('topic', 120, faces.facts)).toBe('topic');
});
