import { expect, it } from 'vitest';
import { controlsTransaction } from '../../../../runtime/core/idempotency/transactionControl.ts';

it.each([
  'COMMIT',
  'commit and chain',
  '  ;\n-- done\nEnd',
  '/* a /* nested */ comment */ rollback',
  'ABORT',
  'BEGIN',
  'start /**/ transaction',
  "PREPARE TRANSACTION 'x'",
  'ROLLBACK AND CHAIN',
  '-- one\r\n/* two */commit',
])('refuses %j', (sql) => expect(controlsTransaction(sql)).toBe(true));

it.each([
  'INSERT INTO orders VALUES (1)',
  'SAVEPOINT commit',
  'ROLLBACK TO commit',
  'rollback work to savepoint commit',
  'PREPARE plan AS SELECT 1',
  'SET LOCAL statement_timeout = 1000',
  'SELECT 1; COMMIT',
  'committed',
  '',
  '/* only a comment',
])('lets %j pass', (sql) => expect(controlsTransaction(sql)).toBe(false));
