/** An SQL statement as an object, as query builders hand it over. */
export interface Query {
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly name?: string;
  /** `array`: rows are arrays of values instead of objects. */
  readonly rowMode?: 'array';
}

export interface QueryResult<Row> {
  readonly rows: Row[];
  /** Rows that were written or read; `null` for statements that do neither. */
  readonly rowCount: number | null;
}

/**
 * An open transaction. What is done through it is committed or rolled back by whoever has opened it; statements that
 * would do that themselves (COMMIT, ROLLBACK, …) are refused. A client of `pg` inside a transaction fits.
 */
export interface Transaction {
  query<Row = Record<string, unknown>>(
    query: string | Query,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>>;
}
