import type { Box } from '../geometry.ts';

/** Radii of the corners from the top left one on, clockwise, in px. */
export type Radii = readonly [number, number, number, number];

/** A box with rounded corners as a path; radii shrink together where they do not fit, as in CSS. */
export function roundedBox({ x, y, width, height }: Box, radii: Radii): string {
  const [a, b, c, d] = radii;
  const fit = Math.min(1, width / Math.max(1, a + b, c + d), height / Math.max(1, b + c, d + a));
  const [tl, tr, br, bl] = [a * fit, b * fit, c * fit, d * fit];
  const corner = (radius: number, dx: number, dy: number): string =>
    radius === 0 ? '' : `a${n(radius)},${n(radius)} 0 0 1 ${n(dx)},${n(dy)}`;
  return (
    `M${n(x + tl)},${n(y)}h${n(width - tl - tr)}${corner(tr, tr, tr)}` +
    `v${n(height - tr - br)}${corner(br, -br, br)}` +
    `h${n(-(width - br - bl))}${corner(bl, -bl, -bl)}` +
    `v${n(-(height - bl - tl))}${corner(tl, tl, -tl)}z`
  );
}

const n = (value: number): number => Math.round(value * 100) / 100;
