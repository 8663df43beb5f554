import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

// Makes the secrets of this machine, in secrets/ (ignored by git). Passwords that exist stay as they are, so it can be
// run again after each change of the design.
const root = new URL('../', import.meta.url);
const file = (path: string) => new URL(path, root);
const folder = (path: string) => mkdirSync(file(path), { recursive: true, mode: 0o700 });
const readJson = (path: string) => JSON.parse(readFileSync(file(path), 'utf8'));

folder('secrets/');
if (!existsSync(file('.env'))) copyFileSync(file('.env.example'), file('.env'));

/** Settings of one user by name, kept in secrets/<user>.env. */
const settings = new Map<string, NodeJS.Dict<string>>();
function settingsOf(user: string): NodeJS.Dict<string> {
  const path = file(`secrets/${user}.env`);
  const known = settings.get(user) ?? (existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {});
  settings.set(user, known);
  return known;
}

/** The password of a user at one broker; made at the first call. */
function passwordOf(user: string, prefix: string): string {
  const own = settingsOf(user);
  own[`${prefix}_USERNAME`] = user;
  own[`${prefix}_PASSWORD`] ??= randomBytes(24).toString('base64url');
  return own[`${prefix}_PASSWORD`] ?? '';
}

/** https://www.rabbitmq.com/docs/passwords#computing-password-hash */
function rabbitHash(password: string): string {
  const salt = randomBytes(4);
  const hash = createHash('sha256').update(salt).update(password, 'utf8').digest();
  return Buffer.concat([salt, hash]).toString('base64');
}

interface RabbitUser {
  readonly name: string;
  readonly tags: readonly string[];
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

function setUpRabbit(id: string, prefix: string): void {
  const { vhost, users }: { vhost: string; users: RabbitUser[] } = readJson(`brokers/${id}/users.json`);
  const definitions = {
    users: users.map(({ name, tags }) => ({
      name,
      password_hash: rabbitHash(passwordOf(name, prefix)),
      hashing_algorithm: 'rabbit_password_hashing_sha256',
      tags,
    })),
    permissions: users.map(({ name, configure, write, read }) => ({
      user: name,
      vhost,
      configure,
      write,
      read,
    })),
  };
  folder(`secrets/${id}/`);
  writeFileSync(file(`secrets/${id}/users.json`), `${JSON.stringify(definitions, null, 2)}\n`);
}

/** What the broker keeps of a password: https://www.rfc-editor.org/rfc/rfc5802. */
function scramCredential(password: string) {
  const iterations = 8192;
  const salt = randomBytes(24);
  const saltedPassword = pbkdf2Sync(password, salt, iterations, 64, 'sha512');
  return { iterations, salt: salt.toString('base64'), saltedPassword: saltedPassword.toString('base64') };
}

function setUpKafka(id: string, prefix: string): void {
  const { users }: { users: { name: string }[] } = readJson(`brokers/${id}/topics.json`);
  const names = [...users.map(({ name }) => name), 'operator'];
  const credentials = Object.fromEntries(
    names.map((name) => [name, scramCredential(passwordOf(name, prefix))]),
  );
  folder(`secrets/${id}/`);
  writeFileSync(file(`secrets/${id}/users.json`), `${JSON.stringify(credentials, null, 2)}\n`);
  // For the first start of the broker: the operator makes the other users.
  const { iterations, salt, saltedPassword } = scramCredential(passwordOf('operator', prefix));
  writeFileSync(
    file(`secrets/${id}/operator.scram`),
    `SCRAM-SHA-512=[name=operator,iterations=${iterations},salt=${salt},saltedpassword=${saltedPassword}]`,
  );
  const password = passwordOf('operator', prefix);
  const login = `org.apache.kafka.common.security.scram.ScramLoginModule required username="operator" password="${password}";`;
  writeFileSync(
    file(`secrets/${id}/console.env`),
    [
      'SPRING_SECURITY_USER_NAME=operator',
      `SPRING_SECURITY_USER_PASSWORD=${password}`,
      `KAFKA_CLUSTERS_0_PROPERTIES_SASL_JAAS_CONFIG=${login}`,
      '',
    ].join('\n'),
    { mode: 0o600 },
  );
}

/** https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl */
function setUpRedis(id: string, prefix: string): void {
  const { users }: { users: { name: string; rules: string }[] } = readJson(`brokers/${id}/users.json`);
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const lines = users.map(({ name, rules }) => `user ${name} on #${hash(passwordOf(name, prefix))} ${rules}`);
  folder(`secrets/${id}/`);
  // Nobody logs in as `default`, but Redis itself reads its append-only file back as that user: what it may not do is
  // left out of transactions and scripts without a word (https://github.com/redis/redis/issues/14541).
  const own = ['user default off resetpass ~* &* +@all', 'user health on nopass -@all +ping'];
  writeFileSync(file(`secrets/${id}/users.acl`), [...own, ...lines, ''].join('\n'));
}

/** What PostgreSQL keeps of a password: https://www.postgresql.org/docs/current/catalog-pg-authid.html */
function postgresVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${hmac('Server Key').toString('base64')}`;
}

const sqlText = (text: string) => `'${text.replaceAll("'", "''")}'`;
const sqlName = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A user and a database for each service, and the tables of the library in it; psql runs it at each start. */
function setUpDatabase(id: string, prefix: string): void {
  const { users }: { users: string[] } = readJson(`brokers/${id}/users.json`);
  const statements = users.flatMap((name) => {
    const verifier = postgresVerifier(passwordOf(name, prefix));
    settingsOf(name)[`${prefix}_URL`] = `postgres://127.0.0.1:5432/${encodeURIComponent(name)}`;
    return [
      `SELECT format('CREATE ROLE %I LOGIN', ${sqlText(name)}) WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${sqlText(name)}) \\gexec`,
      `ALTER ROLE ${sqlName(name)} PASSWORD ${sqlText(verifier)};`,
      // A database that is made here is meant to be empty; one that is there has records, or has lost them.
      `SELECT NOT EXISTS (SELECT FROM pg_database WHERE datname = ${sqlText(name)}) AS new \\gset`,
      `SELECT format('CREATE DATABASE %I OWNER %I', ${sqlText(name)}, ${sqlText(name)}) WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = ${sqlText(name)}) \\gexec`,
      `REVOKE ALL ON DATABASE ${sqlName(name)} FROM PUBLIC;`,
      `\\connect ${sqlName(name)}`,
      `SET ROLE ${sqlName(name)};`,
      '\\ir messaging.sql',
      '\\if :new',
      `INSERT INTO messaging.inbox (digest, state, token, expires_at) VALUES (sha256(''), 'sentinel', 'sentinel', 'infinity') ON CONFLICT DO NOTHING;`,
      '\\endif',
      'RESET ROLE;',
    ];
  });
  folder(`secrets/${id}/`);
  writeFileSync(file(`secrets/${id}/setup.sql`), [...statements, ''].join('\n'));
  const password = passwordOf('postgres', 'POSTGRES');
  writeFileSync(file(`secrets/${id}/password`), password, { mode: 0o600 });
  writeFileSync(file(`secrets/${id}/pgpass`), `*:*:*:postgres:${password}\n`, { mode: 0o600 });
}

setUpRabbit('work', 'WORK');
setUpKafka('events', 'EVENTS');
setUpRedis('store', 'STORE');
setUpDatabase('database', 'DATABASE');
settingsOf('grafana')['GF_SECURITY_ADMIN_USER'] = 'operator';
settingsOf('grafana')['GF_SECURITY_ADMIN_PASSWORD'] ??= randomBytes(24).toString('base64url');

for (const [user, own] of settings) {
  const lines = Object.keys(own)
    .sort()
    .map((name) => `${name}=${own[name]}\n`);
  writeFileSync(file(`secrets/${user}.env`), lines.join(''), { mode: 0o600 });
}
console.log(`setup: ${settings.size} users in secrets/`);
