import { createHash, randomBytes } from 'node:crypto';
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

setUpRedis('scans', 'SCANS');
setUpRedis('store', 'STORE');
settingsOf('grafana')['GF_SECURITY_ADMIN_USER'] = 'operator';
settingsOf('grafana')['GF_SECURITY_ADMIN_PASSWORD'] ??= randomBytes(24).toString('base64url');

for (const [user, own] of settings) {
  const lines = Object.keys(own)
    .sort()
    .map((name) => `${name}=${own[name]}\n`);
  writeFileSync(file(`secrets/${user}.env`), lines.join(''), { mode: 0o600 });
}
console.log(`setup: ${settings.size} users in secrets/`);
