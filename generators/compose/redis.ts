/** What every Redis of a workspace is given: its configuration, its users, and a place for its append-only file. */
export const redisVolumes = (id: string): string[] => [
  `./brokers/${id}/redis.conf:/etc/redis/redis.conf:ro`,
  `./secrets/${id}/users.acl:/etc/redis/users.acl:ro`,
  `${id}-data:/data`,
];

/** As the user that may do nothing else. */
export const redisHealthcheck = {
  test: ['CMD-SHELL', 'redis-cli --user health --pass any --no-auth-warning ping | grep -q PONG'],
  interval: '5s',
  timeout: '3s',
  retries: 10,
};
