import { readFile } from 'node:fs/promises';
import { hashOf, saveContent } from '../../../../electron/main/files/content.ts';

/** Saves two texts in turn until it is killed. Arguments: file, length of the texts. */
const [file = '', length = '0'] = process.argv.slice(2);
const texts = ['a', 'b'].map((letter) => letter.repeat(Number(length)));

let current = await readFile(file, 'utf8');
for (;;) {
  const next = texts.find((text) => text !== current) ?? '';
  await saveContent(file, next, hashOf(current));
  current = next;
}
