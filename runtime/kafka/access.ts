import {
  type Acl,
  AclOperations,
  AclPermissionTypes,
  type Admin,
  alterUserScramCredentialsV0,
  describeUserScramCredentialsV0,
  ResourcePatternTypes,
  ResourceTypes,
} from '@platformatic/kafka';

/** What a user may do with one topic or group (https://kafka.apache.org/documentation/#operations_resources_and_protocols). */
export interface Grant {
  readonly resource: 'topic' | 'group';
  readonly name: string;
  readonly operations: readonly ('read' | 'write')[];
}

export interface UserDeclaration {
  readonly name: string;
  readonly allow: readonly Grant[];
}

/** What the broker keeps of a password: no way leads back to it. RFC 5802; salt and salted password are base64. */
export interface ScramCredential {
  readonly iterations: number;
  readonly salt: string;
  readonly saltedPassword: string;
}

const SCRAM_SHA_512 = 2;
const resources = { topic: ResourceTypes.TOPIC, group: ResourceTypes.GROUP } as const;
const operations = { read: AclOperations.READ, write: AclOperations.WRITE } as const;

/** One right as people read it, and as the broker keeps it. */
export interface Right {
  readonly text: string;
  readonly acl: Acl;
}

export const rightsOf = (users: readonly UserDeclaration[]): Right[] =>
  users.flatMap(({ name: user, allow }) =>
    allow.flatMap(({ resource, name, operations: allowed }) =>
      allowed.map((operation) => ({
        text: `right of ${user} to ${operation} the ${resource} ${name}`,
        acl: {
          resourceType: resources[resource],
          resourceName: name,
          resourcePatternType: ResourcePatternTypes.LITERAL,
          principal: `User:${user}`,
          host: '*',
          operation: operations[operation],
          permissionType: AclPermissionTypes.ALLOW,
        },
      })),
    ),
  );

/** Every right that the broker has. @throws when it has no authorizer */
export async function listAcls(admin: Admin): Promise<Acl[]> {
  const found = await admin.describeAcls({
    filter: {
      resourceType: ResourceTypes.ANY,
      resourceName: null,
      resourcePatternType: ResourcePatternTypes.ANY,
      principal: null,
      host: null,
      operation: AclOperations.ANY,
      permissionType: AclPermissionTypes.ANY,
    },
  });
  return found.flatMap(({ acls, ...target }) => acls.map((acl) => ({ ...target, ...acl })));
}

export const sameAcl = (a: Acl, b: Acl): boolean =>
  a.resourceType === b.resourceType &&
  a.resourceName === b.resourceName &&
  a.resourcePatternType === b.resourcePatternType &&
  a.principal === b.principal &&
  a.host === b.host &&
  a.operation === b.operation &&
  a.permissionType === b.permissionType;

/** Names of the users with a password. */
export async function listUsers(admin: Admin): Promise<ReadonlySet<string>> {
  const { results } = await describeUserScramCredentialsV0.api.async(await anyConnection(admin), null);
  return new Set(results.map(({ user }) => user));
}

/** Sets passwords, also of users that have one. */
export async function setPasswords(
  admin: Admin,
  credentials: Readonly<Record<string, ScramCredential>>,
): Promise<void> {
  const upsertions = Object.entries(credentials).map(([name, { iterations, salt, saltedPassword }]) => ({
    name,
    mechanism: SCRAM_SHA_512,
    iterations,
    salt: Buffer.from(salt, 'base64'),
    saltedPassword: Buffer.from(saltedPassword, 'base64'),
  }));
  await alterUserScramCredentialsV0.api.async(await anyConnection(admin), [], upsertions);
}

/** The client has no method for passwords; any broker passes such a request on to the controller. */
async function anyConnection(admin: Admin) {
  const [connection] = (await admin.connectToBrokers()).values();
  if (connection === undefined) throw new Error('The cluster has no broker.');
  return connection;
}
