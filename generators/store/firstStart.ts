import type { ComposeService } from '../broker.ts';
import { images } from '../compose/images.ts';

/**
 * Services refuse a store without records, since it may have lost them. That its volume is new is the one case in which
 * no person is needed to tell: what starts Redis leaves a mark in an empty volume, and a job that finds the mark accepts
 * the store and renames the mark. A volume that was in use is therefore not empty, whatever became of its records.
 */
const MARK = '.new';

/** Starts `command` on the data in `folder`. For sh. */
export const startScript = (folder: string, command: string): string =>
  `[ -n "$(ls -A ${folder})" ] || touch ${folder}/${MARK}; exec ${command}`;

/** Accepts the store that `folder` belongs to, if it is marked as new. For sh, with the credentials in the environment. */
export const acceptScript = (folder: string, env: string, host: string, port: number): string =>
  [
    `set -e`,
    `[ -e ${folder}/${MARK} ] || exit 0`,
    `export REDISCLI_AUTH="$${env}_PASSWORD"`,
    // -e: an error of the server is one of the command.
    `redis-cli -e -h ${host} -p ${port} --user "$${env}_USERNAME" SET loom:sentinel "$(date -u +%FT%TZ) new volume" NX`,
    `mv ${folder}/${MARK} ${folder}/.in-use`,
  ].join('; ');

/** What the job may do, as an ACL rule of Redis. */
export const ACCEPT_RULES = '~loom:sentinel +set';

export const composeFirstStart = ({
  id,
  env,
}: {
  readonly id: string;
  readonly env: string;
}): ComposeService => ({
  image: images.redis,
  command: ['sh', '-c', acceptScript('/data', env, id, 6379)],
  env_file: ['secrets/operator.env'],
  volumes: [`${id}-data:/data`],
  depends_on: { [id]: { condition: 'service_healthy' } },
  restart: 'no',
});
