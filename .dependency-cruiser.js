/**
 * Who may import whom. `core ← generators ← disk ← {cli, electron}`, `core ← renderer`, and `runtime` alone, because
 * it is copied into generated workspaces. Each rule lists what is allowed, so that a new folder is forbidden at first.
 */
const packages = (...names) => `node_modules/(${names.join('|')})/`;
const folders = (...names) => `^(${names.join('|')})/`;

/** Modules under `from` may import what one of `allowed` matches, and nothing else. */
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { pathNot: allowed, couldNotResolve: false },
});

/** `dir/<one>/` may not import `dir/<other>/`; what they share lies directly in `dir` or in a `shared` folder. */
const siblings = (name, dir, shared, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: `^${dir}/([^/]+)/` },
  to: { path: `^${dir}/[^/]+/`, pathNot: `^${dir}/(${['$1', ...shared].join('|')})/` },
});

const brokers = 'kafka|rabbitmq|sqs|sns|kinesis|redis|celery|memory';
const everyPackage = 'node_modules/';
const uiPackages = packages('react', 'react-dom', 'electron');
const projectFolders = folders(
  'core',
  'runtime',
  'generators',
  'disk',
  'cli',
  'electron',
  'renderer',
  'build',
  'scripts',
  'test',
);

export default {
  forbidden: [
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'There is no such file or package.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment:
        'Move what both need into a third module. Cycles of types count: the parser cannot tell them apart.',
      from: {},
      to: { circular: true },
    },
    only(
      'core-is-pure',
      '^core/',
      ['^core/', packages('yaml', 'zod', 'mdast-util-from-markdown', '@cfworker/json-schema')],
      'core runs everywhere: no Node, DOM or UI.',
    ),
    {
      name: 'zod-through-core',
      severity: 'error',
      comment:
        "Import z from core/zod.ts: it turns off zod's use of new Function, which the app's CSP forbids.",
      from: { pathNot: '^core/zod\\.ts$' },
      to: { path: packages('zod') },
    },
    {
      name: 'runtime-stands-alone',
      severity: 'error',
      comment: 'runtime is copied into generated workspaces, where the rest of the project does not exist.',
      from: { path: '^runtime/' },
      to: { path: projectFolders, pathNot: '^runtime/' },
    },
    {
      name: 'runtime-packages',
      severity: 'error',
      comment: 'Generated workspaces declare these packages only.',
      from: { path: '^runtime/' },
      to: {
        path: everyPackage,
        pathNot: packages(
          '@aws-sdk',
          '@opentelemetry',
          '@platformatic/kafka',
          '@smithy',
          'ajv',
          'ajv-formats',
          'amqplib',
          'pg',
          'pino',
          'prom-client',
          'redis',
        ),
      },
    },
    only(
      'generators-are-pure',
      '^generators/',
      [
        '^generators/',
        '^core/',
        '^templates/',
        packages('handlebars', 'yaml', '@cfworker/json-schema', '@wasm-fmt/biome_fmt'),
      ],
      'generators turn a design into files in memory; disk/ writes them. Text of runtime/ comes in with ?raw.',
    ),
    only(
      'disk-direction',
      '^disk/',
      ['^disk/', '^core/', '^generators/', everyPackage, '^node:', '^[a-z0-9_/]+$'],
      'disk stands on core and generators.',
    ),
    only(
      'cli-direction',
      '^cli/',
      [
        '^cli/',
        '^(core|generators|disk|examples)/',
        everyPackage,
        '^node:',
        '^[a-z0-9_/]+$',
        '^package\\.json$',
      ],
      'cli stands on core, generators and disk.',
    ),
    only(
      'electron-direction',
      '^electron/',
      ['^electron/', '^(core|generators|disk)/', everyPackage, '^node:', '^[a-z0-9_/]+$', '^package\\.json$'],
      'electron stands on core, generators and disk; it meets the renderer in core/contract only.',
    ),
    only('examples-are-texts', '^examples/', ['^examples/'], 'A list of designs; who shows one parses it.'),
    {
      name: 'no-ui-below-the-app',
      severity: 'error',
      comment: 'disk and cli run without a display.',
      from: { path: folders('disk', 'cli') },
      to: { path: uiPackages },
    },
    {
      name: 'renderer-direction',
      severity: 'error',
      comment: 'renderer stands on core alone; it is sandboxed: no Node, no Electron.',
      from: { path: '^renderer/' },
      to: {
        pathNot: ['^renderer/', '^core/', '^generators/', '^examples/', everyPackage],
        couldNotResolve: false,
      },
    },
    {
      name: 'renderer-without-electron',
      severity: 'error',
      comment: 'The same renderer runs as a web page: host/ is its only way out.',
      from: { path: '^renderer/' },
      to: { path: packages('electron') },
    },
    {
      name: 'generators-in-workers',
      severity: 'error',
      comment: 'Generating blocks for long: only a *.worker.ts may import generators.',
      from: { path: '^renderer/', pathNot: '\\.worker\\.ts$' },
      to: { path: '^generators/' },
    },
    siblings(
      'rule-packs-apart',
      'core/rules',
      ['support'],
      'A pack stands alone; what packs share lies in core/rules/support.',
    ),
    siblings('kinds-apart', 'core/kinds', [], 'A kind stands alone; what kinds share lies in core/kinds.'),
    {
      name: 'brokers-apart',
      severity: 'error',
      comment: 'A broker stands alone; what brokers share lies beside them in generators.',
      from: { path: `^generators/(${brokers})/` },
      to: { path: `^generators/(${brokers})/`, pathNot: '^generators/$1/' },
    },
    {
      ...siblings(
        'transports-apart',
        'runtime',
        ['core', 'aws'],
        'A transport stands alone; what they share lies in runtime/core, and what those of AWS share in runtime/aws.',
      ),
      from: { path: '^runtime/([^/]+)/', pathNot: '^runtime/celery/' },
    },
    {
      name: 'celery-on-its-carriers',
      severity: 'error',
      comment: 'Celery is a protocol over another broker: its parts stand on the transport of that one.',
      from: { path: '^runtime/celery/' },
      to: { path: '^runtime/', pathNot: '^runtime/(core|celery|rabbitmq|redis)/' },
    },
  ],
  options: {
    // TypeScript 7 has no compiler API for dependency-cruiser to use; without a parser it would read nothing.
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    doNotFollow: { path: ['node_modules', '^(build|scripts|test)/'] },
  },
};
