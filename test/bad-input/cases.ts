/** Texts that must survive in every free field: ends of strings, comments, templates and documents of some language. */
export const accepted: readonly (readonly [number: number, text: string])[] = [
  [1, '*/x/*'],
  [2, "it's"],
  [3, 'say "hi"'],
  [4, '`tick`'],
  [5, '${process.exit(1)}'],
  [6, 'ends with \\'],
  [7, 'two\nlines'],
  [8, 'carriage\rreturn'],
  [9, 'separators \u2028 and \u2029 here'],
  [10, '</script>'],
  [11, '<!--'],
  [12, '// comment\n'],
  [13, '{{constructor}} {{#each this}}'],
  [14, '<%= 1 %>'],
  [15, '$(touch x)'],
  [16, '$$ ${HOME}'],
  [17, ': # - [x]'],
  [18, '!!js/function'],
  [19, '---'],
  [26, '[link](javascript:alert(1)) | cell'],
  [27, '$& $1'],
];

/** Texts that no field takes. */
export const refused: readonly (readonly [number: number, what: string, text: string])[] = [
  [20, 'NUL', 'a\u0000b'],
  [21, 'an override of direction', 'a\u202eb'],
  [21, 'an isolate of direction', 'a\u2066b'],
  [21, 'a mark of direction', 'a\u200fb'],
  [22, 'half a surrogate pair', 'a\ud800b'],
  [24, 'an ANSI escape', '\u001b[2J'],
  [24, 'a C1 control', '\u009b2J'],
  [25, 'more than 100,000 characters', 'x'.repeat(100_001)],
];
