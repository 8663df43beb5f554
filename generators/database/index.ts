import type { ComposeService } from '../broker.ts';
import { images } from '../compose/images.ts';
import { jsonFile } from '../kit/json.ts';
import type { Output } from '../kit/output.ts';
import { messagingSchema } from './schema.ts';

/** The PostgreSQL server; each service has a database and a user of its own, with the name of the service. */
export interface DatabasePlan {
  readonly id: 'database';
  readonly env: 'DATABASE';
  /** Services that have a database, sorted. */
  readonly users: readonly string[];
}

export const planDatabase = (users: readonly string[]): DatabasePlan => ({
  id: 'database',
  env: 'DATABASE',
  users: [...users].sort(),
});

/** Id of the job that makes users, databases and tables. */
export const databaseJob = ({ id }: DatabasePlan): string => `${id}-setup`;

export const databaseUrl = (host: string, service: string): string =>
  `postgres://${host}:5432/${encodeURIComponent(service)}`;

export function emitDatabase({ id, users }: DatabasePlan, out: Output): void {
  out.add(`brokers/${id}/messaging.sql`, messagingSchema());
  out.add(`brokers/${id}/users.json`, jsonFile({ users }));
}

/** https://github.com/docker-library/docs/blob/master/postgres/README.md */
export const composeDatabase = (plan: DatabasePlan): Readonly<Record<string, ComposeService>> => ({
  [plan.id]: {
    image: images.postgres,
    environment: { POSTGRES_PASSWORD_FILE: '/run/secrets/password' },
    ports: ['127.0.0.1:5432:5432'],
    volumes: [
      `./secrets/${plan.id}/password:/run/secrets/password:ro`,
      `${plan.id}-data:/var/lib/postgresql`,
    ],
    healthcheck: {
      // By TCP: the server that sets up the first start listens on its socket alone.
      test: ['CMD', 'pg_isready', '--host=127.0.0.1', '--username=postgres'],
      interval: '5s',
      timeout: '3s',
      retries: 10,
    },
  },
  // Runs at each start and changes nothing that is there, so that a service added later gets its database too.
  [databaseJob(plan)]: {
    image: images.postgres,
    entrypoint: ['psql', '--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--file=/setup/setup.sql'],
    environment: {
      PGHOST: plan.id,
      PGUSER: 'postgres',
      PGDATABASE: 'postgres',
      PGPASSFILE: '/setup/pgpass',
    },
    volumes: [
      `./secrets/${plan.id}/setup.sql:/setup/setup.sql:ro`,
      `./secrets/${plan.id}/pgpass:/setup/pgpass:ro`,
      `./brokers/${plan.id}/messaging.sql:/setup/messaging.sql:ro`,
    ],
    depends_on: { [plan.id]: { condition: 'service_healthy' } },
    restart: 'no',
  },
});
