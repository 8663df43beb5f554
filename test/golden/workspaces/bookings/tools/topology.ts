import type { TopologyAdmin } from '../messaging/index.ts';
import { administrators } from './administrators.ts';
import { readArguments, refuse } from './arguments.ts';

const USAGE = `npm run topology -- verify [BROKER]   compares the brokers with the design: missing, changed, extra
npm run topology -- apply [BROKER]    adds what is missing; changes and deletes nothing
--json prints the result as JSON. Exit code: 0 fits, 1 differs or is refused, 2 could not run.`;

const { positionals, values } = readArguments(
  { allowPositionals: true, options: { json: { type: 'boolean', default: false } } },
  USAGE,
);
const [action = '', only, ...more] = positionals;
if (more.length > 0) refuse(`One broker at a time; ${more.join(' ')} is too much.`, USAGE);
const chosen = Object.entries(administrators).filter(([id]) => only === undefined || id === only);
if (chosen.length === 0) refuse(`There is no broker ${only}.`, USAGE);

type Line = readonly [what: string, text: string];

async function verify(administrator: TopologyAdmin) {
  const report = await administrator.verify();
  const wrong = report.differences.filter(({ kind }) => kind !== 'extra').length;
  if (wrong > 0) process.exitCode = 1;
  const lines = report.differences.map(
    ({ kind, element, detail }): Line => [kind, detail === undefined ? element : `${element}: ${detail}`],
  );
  const verdict: Line = wrong === 0 ? ['ok', 'fits the design'] : ['error', `${wrong} do not fit the design`];
  return { result: { fits: wrong === 0, ...report }, lines: [...lines, ...unknown(report), verdict] };
}

async function apply(administrator: TopologyAdmin) {
  const report = await administrator.apply();
  const lines = report.created.map((element): Line => ['created', element]);
  return {
    result: report,
    lines: [...lines, ...unknown(report), ['ok', 'has what the design needs'] as Line],
  };
}

const unknown = ({ unchecked }: { unchecked: readonly string[] }): Line[] =>
  unchecked.map((text): Line => ['unknown', text]);

const actions = { verify, apply };
if (action !== 'verify' && action !== 'apply') refuse(`There is no action ${action}.`, USAGE);

const results: Record<string, unknown> = {};
try {
  for (const [broker, connect] of chosen) {
    const administrator = connect();
    const { result, lines } = await actions[action](administrator).finally(() => administrator.close());
    results[broker] = result;
    if (!values.json) for (const [what, text] of lines) console.log(`${broker}  ${what.padEnd(7)}  ${text}`);
  }
  if (values.json) console.log(JSON.stringify(results, null, 2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  // 1: what the broker has stands against the design; 2: that could not be found out.
  process.exitCode = error instanceof Error && error.name === 'TopologyError' ? 1 : 2;
}
