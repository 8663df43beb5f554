import { nearest } from '../../core/nearest.ts';
import { catalogue, isRuleId } from '../../core/review/catalogue.ts';
import { type Exit, exit } from '../exit.ts';
import type { Io } from '../io.ts';

const ids = Object.keys(catalogue);

/** Lists the rules, or says what one of them finds, which outage it prevents and where its facts come from. */
export function run(io: Io, id: string | undefined): Exit {
  if (id === undefined) return list(io);
  if (!isRuleId(id)) {
    const guess = nearest(id, ids);
    return io.fail([
      {
        code: 'LOOM_USAGE',
        message: `There is no rule ${JSON.stringify(id)}.`,
        hint: guess ? `Did you mean ${guess}?` : 'brokerloom explain lists the rules.',
      },
    ]);
  }
  const { meta, messages } = catalogue[id];
  if (io.json) {
    io.document({ id, ...meta, messages });
    return exit.ok;
  }
  const { bold, dim } = io.style;
  const fixes = {
    auto: 'applied by lint --fix',
    suggest: 'offered in the designer with a preview',
    none: 'none; a person must decide',
  } as const satisfies Record<typeof meta.fix, string>;
  const brokers = meta.brokers === 'all' ? 'all' : meta.brokers.join(', ');
  io.result(
    [
      `${bold(id)}  ${meta.title}`,
      `${dim(`severity ${meta.severity} · brokers ${brokers} · fix: ${fixes[meta.fix]}`)}`,
      '',
      meta.docs.what,
      '',
      bold('Why'),
      meta.docs.why,
      ...(meta.sources.length > 0
        ? ['', bold('Sources'), ...meta.sources.map((source) => `  ${source}`)]
        : []),
    ].join('\n'),
  );
  return exit.ok;
}

function list(io: Io): Exit {
  const rules = Object.values(catalogue).map(({ id, meta }) => ({
    id,
    severity: meta.severity,
    title: meta.title,
  }));
  if (io.json) io.document({ rules });
  else {
    const width = Math.max(...rules.map(({ id }) => id.length));
    io.result(
      rules
        .map(
          ({ id, severity, title }) => `${io.style.bold(id.padEnd(width))}  ${severity.padEnd(5)}  ${title}`,
        )
        .join('\n'),
    );
  }
  return exit.ok;
}
