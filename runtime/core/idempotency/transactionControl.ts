import { TransactionControlError } from '../errors.ts';

/** Space, statements' ends and comments before the first word; SQL's block comments nest. */
function firstWords(sql: string): string {
  let at = 0;
  let depth = 0;
  while (at < sql.length) {
    const two = sql.slice(at, at + 2);
    if (two === '/*') {
      depth++;
      at += 2;
    } else if (depth > 0) {
      if (two === '*/') depth--;
      at += two === '*/' ? 2 : 1;
    } else if (two === '--') {
      const end = sql.slice(at).search(/[\r\n]/);
      at = end === -1 ? sql.length : at + end;
    } else if (/[\s;]/.test(sql.charAt(at))) {
      at++;
    } else {
      break;
    }
  }
  // Comments may stand between the words as well.
  return sql.slice(at).replaceAll(/\/\*[\s\S]*?\*\/|--[^\r\n]*/g, ' ');
}

const control =
  /^(abort|begin|commit|end|prepare\s+transaction|start\s+transaction|rollback(?!(\s+(work|transaction))?\s+to\b))\b/i;

/**
 * Whether one statement would end the transaction it runs in (https://www.postgresql.org/docs/current/sql-commands.html).
 * Procedures and DO blocks cannot: PostgreSQL refuses COMMIT there when they run inside a transaction block.
 */
export const controlsTransaction = (sql: string): boolean => control.test(firstWords(sql));

/** The same as an error to throw. */
export function assertNoControl(sql: string): void {
  if (!controlsTransaction(sql)) return;
  throw new TransactionControlError(
    'The transaction ends with the work that it was opened for: it commits when that returns and rolls back when it ' +
      `throws. ${sql.trim().slice(0, 40)} is refused.`,
  );
}
