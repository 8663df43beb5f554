import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?inline';
import mono from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?inline';
import { fontFace } from '../core/drawing/svg/fonts.ts';

/** The fonts of the app, for pictures that look the same everywhere. */
export const fontFaces = fontFace('Inter Variable', inter) + fontFace('JetBrains Mono Variable', mono);
