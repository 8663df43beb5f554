import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../lib/steps.ts';
import { type AsyncApiVersion, asyncApiWith } from './asyncapi.ts';
import { designWith } from './designs.ts';
import { installPeers } from './install.ts';

/** What one run of a program used: processor time in ms, most memory in MiB. */
interface Usage {
  readonly cpu: number;
  readonly rss: number;
}

export interface Compared {
  readonly channels: number;
  /** Of what the other program reads. */
  readonly version: AsyncApiVersion;
  readonly own: Usage;
  /** Missing where the other program did not come to an end in time. */
  readonly peer: Usage | undefined;
}

/** The largest is near the limit of a design, 50,000 elements: a channel with what belongs to it counts 4.4. */
const SIZES: readonly (readonly [number, AsyncApiVersion])[] = [
  [10, '3.1.0'],
  [100, '3.1.0'],
  [1000, '3.1.0'],
  [1000, '2.6.0'],
  [10_000, '3.1.0'],
];
const PAIRS = 3;
/** A run beyond this is given up. */
const LIMIT_MS = 10 * 60_000;

/** Compares a review on the command line with Spectral and its AsyncAPI ruleset, on the same topologies. */
export function comparePeers(): readonly Compared[] {
  const spectral = join(installPeers(), 'node_modules', '@stoplight', 'spectral-cli', 'dist', 'index.js');
  const folder = mkdtempSync(join(tmpdir(), 'brokerloom-bench-'));
  try {
    const ruleset = join(folder, 'ruleset.yaml');
    writeFileSync(ruleset, 'extends: ["spectral:asyncapi"]\n');
    return SIZES.map(([channels, version]) => {
      const design = join(folder, `${channels}.loom.yaml`);
      const document = join(folder, `${channels}.asyncapi.yaml`);
      writeFileSync(design, designWith(channels));
      writeFileSync(document, asyncApiWith(channels, version));
      const pairs: { own: Usage; peer: Usage | undefined }[] = [];
      const review = [join(root, 'dist', 'cli.js'), 'lint', '--format', 'json', design];
      const lint = [spectral, 'lint', '--format', 'json', '--ruleset', ruleset, document];
      for (let pair = 0; pair < (channels > 1000 ? 1 : PAIRS); pair++) {
        const own = used(folder, review);
        if (!own) throw new Error(`The review of ${channels} channels did not end in time.`);
        pairs.push({ own, peer: used(folder, lint) });
      }
      const peers = pairs.flatMap(({ peer }) => peer ?? []);
      const compared = {
        channels,
        version,
        own: median(pairs.map(({ own }) => own)),
        peer: peers[0] && median(peers),
      };
      console.log(line(compared));
      return compared;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function used(folder: string, args: readonly string[]): Usage | undefined {
  const report = join(folder, 'usage.json');
  rmSync(report, { force: true });
  const output = openSync(join(folder, 'output.json'), 'w');
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--require', join(root, 'bench', 'peers', 'usage.cjs'), ...args],
    {
      env: { ...process.env, BENCH_USAGE: report, NO_COLOR: '1' },
      stdio: ['ignore', output, 'pipe'],
      encoding: 'utf8',
      timeout: LIMIT_MS,
    },
  );
  closeSync(output);
  // 1: it found something, which is what it is for.
  if (status === 0 || status === 1) return JSON.parse(readFileSync(report, 'utf8'));
  if (status !== null) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr.slice(-2000)}`);
  return undefined;
}

function median(usages: readonly Usage[]): Usage {
  const middle = (values: number[]): number =>
    values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  return { cpu: middle(usages.map(({ cpu }) => cpu)), rss: middle(usages.map(({ rss }) => rss)) };
}

export function peerTable(compared: readonly Compared[]): string {
  return [
    '| Channels | Brokerloom | AsyncAPI | Spectral | faster | memory |',
    '|---|---|---|---|---|---|',
    ...compared.map(line),
  ].join('\n');
}

const line = ({ channels, version, own, peer }: Compared): string =>
  `| ${channels.toLocaleString('en')} | ${text(own)} | ${version.slice(0, 3)} | ${peer ? text(peer) : `not done in ${LIMIT_MS / 60_000} min`} | ${peer ? `${(peer.cpu / own.cpu).toFixed(1)}×` : '–'} | ${peer ? `1/${(peer.rss / own.rss).toFixed(1)}` : '–'} |`;

const text = ({ cpu, rss }: Usage): string =>
  `${Math.round(cpu).toLocaleString('en')} ms, ${Math.round(rss).toLocaleString('en')} MiB`;
