/**
 * Text for a comment: on one line, and unable to end it. What a comment says is for people, so the text need not come
 * back unchanged; code never reads it.
 */
export function commentText(text: string): string {
  return text
    .replace(/[\r\n\u2028\u2029\t]+/g, ' ')
    .replaceAll('*/', '*\\/')
    .trim();
}
