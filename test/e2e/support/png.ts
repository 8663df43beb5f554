import type { Page } from '@playwright/test';

/**
 * Makes a picture of a window smaller: 256 colours, chosen by how often and how bright they are, tell a user interface from the
 * original only under a magnifying glass, and take a third of the bytes.
 * @param page Whose browser does the work; it is not changed.
 */
export async function withPalette(page: Page, png: Buffer): Promise<Buffer> {
  return Buffer.from(await page.evaluate(encode, png.toString('base64')), 'base64');
}

/** Runs in the page. */
async function encode(base64: string): Promise<string> {
  const bytesOf = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytesOf(base64)], { type: 'image/png' }));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('There is no canvas.');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const colorAt = (pixel: number): number =>
    ((data[4 * pixel] ?? 0) << 16) | ((data[4 * pixel + 1] ?? 0) << 8) | (data[4 * pixel + 2] ?? 0);

  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < width * height; pixel++) {
    const color = colorAt(pixel);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  // Few pixels are red, and they matter more than one more grey.
  const weight = ([color, count]: readonly [number, number]): number => {
    const channels = [color >> 16, (color >> 8) & 255, color & 255];
    return count * (1 + Math.max(...channels) - Math.min(...channels));
  };
  const byWeight = [...counts].sort((a, b) => weight(b) - weight(a)).map(([color]) => color);
  // Surfaces stay exactly as they are; of the many shades that text and lines fade in, one stands for its neighbours.
  const surfaces = byWeight.slice(0, 64);
  const shades = new Map<number, { readonly color: number; sum: number }>();
  for (const color of byWeight.slice(64)) {
    const shade = shades.get(color & 0xf8f8f8) ?? { color, sum: 0 };
    shade.sum += weight([color, counts.get(color) ?? 0]);
    shades.set(color & 0xf8f8f8, shade);
  }
  const rest = [...shades.values()].sort((a, b) => b.sum - a.sum).map(({ color }) => color);
  const palette = [...surfaces, ...rest].slice(0, 256);
  const indexes = new Map(palette.map((color, index) => [color, index]));
  const nearest = (color: number): number => {
    const known = indexes.get(color);
    if (known !== undefined) return known;
    const apart = (other: number): number =>
      [16, 8, 0].reduce((sum, shift) => sum + (((color >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
    const best = palette.reduce(
      (at, other, index) => (apart(other) < apart(palette[at] ?? 0) ? index : at),
      0,
    );
    indexes.set(color, best);
    return best;
  };
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = nearest(colorAt(y * width + x));

  const packed = new Response(new Blob([rows]).stream().pipeThrough(new CompressionStream('deflate')));
  const crcs = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const chunk = (type: string, content: Uint8Array): Uint8Array => {
    const bytes = new Uint8Array(content.length + 12);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, content.length);
    bytes.set(new TextEncoder().encode(type), 4);
    bytes.set(content, 8);
    const crc = bytes
      .subarray(4, -4)
      .reduce((sum, byte) => (crcs[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8), 0xffffffff);
    view.setUint32(content.length + 8, ~crc >>> 0);
    return bytes;
  };
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header.set([8, 3, 0, 0, 0], 8);
  const parts = [
    new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('PLTE', new Uint8Array(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]))),
    chunk('IDAT', new Uint8Array(await packed.arrayBuffer())),
    chunk('IEND', new Uint8Array()),
  ];
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^.*,/, ''));
    reader.readAsDataURL(new Blob(parts as BlobPart[]));
  });
}
