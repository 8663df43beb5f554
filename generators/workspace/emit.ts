import nodeVersionTemplate from '../../templates/workspace/node-version.cjs.hbs';
import { jsonFile, manifestFile } from '../kit/json.ts';
import type { Output } from '../kit/output.ts';
import { render } from '../kit/templates.ts';
import { storeUrl } from '../store/index.ts';
import { packageNames } from './names.ts';
import type { WorkspacePlan } from './plan.ts';
import { NODE, versions } from './versions.ts';

export function emitWorkspace(plan: WorkspacePlan, out: Output): void {
  const { contracts, messaging } = packageNames(plan.scope);
  const [major, minor] = NODE.split('.').map(Number);
  out.add('package.json', rootManifest(plan));
  out.add('tsconfig.json', jsonFile(TSCONFIG));
  out.add('.gitignore', 'node_modules/\n.env\nsecrets/\n');
  out.add('.dockerignore', '**/node_modules\n.git\n.env\nsecrets\n');
  out.add('.env.example', environment(plan));
  out.add('tools/node-version.cjs', render(nodeVersionTemplate, { major, minor }));
  out.add(
    'contracts/package.json',
    manifestFile({
      name: contracts,
      version: '0.0.0',
      private: true,
      type: 'module',
      exports: { '.': './index.ts', './examples': './examples.ts' },
      dependencies: { [messaging]: '*', ajv: versions.ajv, 'ajv-formats': versions['ajv-formats'] },
    }),
  );
}

const TSCONFIG = {
  compilerOptions: {
    target: 'es2023',
    lib: ['es2023'],
    types: ['node'],
    module: 'esnext',
    moduleResolution: 'bundler',
    noEmit: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    skipLibCheck: true,
  },
  include: ['contracts', 'messaging', 'services', 'tools'],
};

function rootManifest({ scope, description, services, database }: WorkspacePlan): string {
  const node = 'node -r ./tools/node-version.cjs';
  const local = (id: string): string => `${node} --env-file=.env --env-file=secrets/${id}.env`;
  return manifestFile({
    name: `${scope}-workspace`,
    version: '0.0.0',
    private: true,
    description,
    type: 'module',
    workspaces: ['contracts', 'messaging', 'services/*'],
    engines: { node: `>=${NODE}` },
    scripts: {
      setup: `${node} tools/setup.ts`,
      typecheck: 'tsc --noEmit',
      test: `${node} --test "services/*/test/**/*.test.ts"`,
      demo: `${node} tools/demo.ts`,
      dev: `${node} tools/dev.ts`,
      load: `${local('operator')} tools/load.ts`,
      topology: `${local('operator')} tools/topology.ts`,
      dlq: `${local('operator')} tools/dlq.ts`,
      ...Object.fromEntries(
        services.map(({ id }) => [`start:${id}`, `${local(id)} services/${id}/src/main.ts`]),
      ),
    },
    devDependencies: {
      '@types/node': versions['@types/node'],
      ...(database ? { '@types/pg': versions['@types/pg'] } : {}),
      typescript: versions.typescript,
    },
  });
}

function environment({ brokers, store, database }: WorkspacePlan): string {
  return [
    '# Addresses for services that run outside of the compose file; npm run setup copies this to .env.',
    '# User names and passwords are in secrets/<service>.env.',
    // What another broker carries is found where that one is.
    ...brokers.flatMap(({ access: { env, url, management, settings = {}, toolSettings = {}, carried } }) =>
      carried !== undefined
        ? []
        : [
            `${env}_URL=${url.outside}`,
            ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
            ...(management ? ['# Only for tools:', `${env}_MANAGEMENT_URL=${management.outside}`] : []),
            ...(Object.keys(toolSettings).length > 0
              ? ['# Only for tools, and for the one node of the compose file:']
              : []),
            ...Object.entries(toolSettings).map(([name, value]) => `${name}=${value}`),
          ],
    ),
    ...(store
      ? [
          `${store.env}_URL=${storeUrl('127.0.0.1')}`,
          '# An empty store is refused, since it may have lost its records. The compose file accepts a new volume by',
          '# itself; for a store elsewhere, at the very first start:',
          `# ${store.env}_ACCEPT_EMPTY=true`,
        ]
      : []),
    ...(database
      ? [
          '# The database of each service has its name; npm run setup writes its URL to secrets/<service>.env.',
          '# An inbox that has lost its records is refused. Where events may be handled again:',
          `# ${database.env}_ACCEPT_EMPTY=true`,
        ]
      : []),
    'LOG_LEVEL=info',
    '# Serves /health and /ready on loopback:',
    '# HEALTH_PORT=8080',
    '',
  ].join('\n');
}
