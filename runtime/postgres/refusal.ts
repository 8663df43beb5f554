import { DatabaseError } from 'pg';

/**
 * Errors that waiting does not heal, with what to do about them, by SQLSTATE
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const byState: Readonly<Record<string, string>> = {
  '28P01': 'PostgreSQL refuses user name or password.',
  '28000': 'PostgreSQL refuses this user, or a connection without TLS.',
  '3D000': 'PostgreSQL has no such database.',
  '42501': 'The PostgreSQL user lacks a right on the tables of the messaging schema.',
  '42P01': 'The tables of the messaging schema are missing: apply its SQL file.',
  '3F000': 'The messaging schema is missing: apply its SQL file.',
};

/** What an operator has to do, or `undefined` where waiting may help. */
export function refusal(error: unknown): string | undefined {
  if (error instanceof DatabaseError) return byState[error.code ?? ''];
  if (!(error instanceof Error)) return undefined;
  const { code = '' } = error as NodeJS.ErrnoException;
  // https://nodejs.org/docs/latest-v22.x/api/tls.html#x509-certificate-error-codes
  if (/CERT|SIGNATURE|ERR_TLS/.test(code))
    return `The certificate of PostgreSQL is refused: ${error.message}.`;
  return error.message === 'The server does not support SSL connections'
    ? 'PostgreSQL offers no TLS, which the settings ask for.'
    : undefined;
}
