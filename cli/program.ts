import { Command, InvalidArgumentError, Option } from 'commander';
import type { Exit } from './exit.ts';
import { type CommonOptions, Io } from './io.ts';
import { version } from './version.ts';

/**
 * The command line. A command's code is loaded when it runs, so that `--version` and `--help` start fast; here stand
 * only its arguments.
 */
export function program(): Command {
  const root = new Command('brokerloom')
    .description('Draw, review and generate messaging systems from one design file.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .option('--json', 'print the result as one JSON document')
    .option('--quiet', 'print results and errors only')
    .option('--no-color', 'print without colours')
    .option('--debug', 'print stack traces of internal faults')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(usageError(text)) })
    .exitOverride();

  root
    .command('new')
    .description('list the templates, or write one of them to a new file')
    .argument('[template]', 'name of the template')
    .option('--out <file>', 'file to write (default: TEMPLATE.loom.yaml)')
    .action(run(async () => (await import('./commands/new.ts')).run));

  root
    .command('lint')
    .description('review designs')
    .argument('<files...>', 'design files, or globs of them in quotes')
    .addOption(
      new Option('--format <format>', 'form of the result')
        .choices(['human', 'json', 'sarif', 'junit', 'github', 'markdown'])
        .default('human'),
    )
    .option('--fix', 'apply the safe fixes to the files')
    .option(
      '--fix-suggested',
      'apply the suggested fixes as well, each of which takes a decision: look at the diff',
    )
    .addOption(
      new Option('--fail-on <severity>', 'least severity that gives exit code 1')
        .choices(['error', 'warn', 'info'])
        .default('error'),
    )
    .option(
      '--config <file>',
      'configuration (default: brokerloom.config.yaml beside the design or above it)',
    )
    .option('--baseline <file>', 'leave out the findings that this file knows')
    .option('--update-baseline', 'write the present findings to the baseline, and report none')
    .addOption(
      new Option(
        '--diff <base>',
        'report only what a review of BASE does not find: another file, or a git revision',
      ).conflicts(['baseline', 'updateBaseline']),
    )
    .option('--docs-base <url>', 'where docs/ is published; links of SARIF lead to its pages of the rules')
    .action(run(async () => (await import('./commands/lint.ts')).run));

  root
    .command('checklist')
    .description('answer the questions of a design review, each with its evidence')
    .argument('<file>', 'design file')
    .addOption(
      new Option('--format <format>', 'form of the result')
        .choices(['human', 'json', 'markdown'])
        .default('human'),
    )
    .option(
      '--config <file>',
      'configuration (default: brokerloom.config.yaml beside the design or above it)',
    )
    .action(run(async () => (await import('./commands/checklist.ts')).run));

  root
    .command('fmt')
    .description('put designs into canonical order, comments kept')
    .argument('<files...>', 'design files')
    .option('--check', 'list the files that are not, exit with 1 when there are any, and change nothing')
    .action(run(async () => (await import('./commands/fmt.ts')).run));

  root
    .command('explain')
    .description('list the rules, or say what one of them finds and why it matters')
    .argument('[rule]', 'id of the rule, such as dlq/required')
    .action(run(async () => (await import('./commands/explain.ts')).run));

  root
    .command('expand')
    .description('print a design with its shorthand written out')
    .argument('<file>', 'design file')
    .action(run(async () => (await import('./commands/expand.ts')).run));

  root
    .command('generate')
    .description('write the services, contracts and broker set-up of a design')
    .argument('<file>', 'design file')
    .requiredOption('--out <dir>', 'folder of the generated workspace', nonEmpty)
    .option('--dry-run', 'print what would change, and change nothing')
    .option('--check', 'exit with 1 when the folder is not up to date, and change nothing')
    .action(run(async () => (await import('./commands/generate.ts')).run));

  root
    .command('export')
    .description('write a design as a picture or a document')
    .argument('<file>', 'design file')
    .addOption(
      new Option('--to <format>', 'form of the export; PNG pictures come from the app')
        .choices(['svg', 'mermaid', 'markdown'])
        .makeOptionMandatory(),
    )
    .option(
      '--out <file>',
      'file to write (default: standard output); Markdown gets its picture beside it',
      nonEmpty,
    )
    .addOption(
      new Option('--theme <theme>', 'colours of pictures').choices(['light', 'dark']).default('light'),
    )
    .option(
      '--config <file>',
      'configuration (default: brokerloom.config.yaml beside the design or above it)',
    )
    .action(run(async () => (await import('./commands/export.ts')).run));

  root
    .command('schema')
    .description('print the JSON Schema of design files')
    .action(run(async () => (await import('./commands/schema.ts')).run));

  root
    .command('doctor')
    .description('say what this machine lacks, what it is needed for and what to do')
    .action(run(async () => (await import('./commands/doctor.ts')).run));

  return root;
}

/** A command: arguments and options as declared here, in the order of commander. */
type Run<A extends unknown[]> = (io: Io, ...args: A) => Exit | Promise<Exit>;

/** Loads a command and carries it out; its exit code is set, not forced, so that pipes are written to their end. */
function run<A extends unknown[]>(load: () => Promise<Run<A>>) {
  return async (...args: unknown[]): Promise<void> => {
    const command = args.pop() as Command;
    const io = new Io(command.optsWithGlobals<CommonOptions>());
    // Commander passes what the declarations above say; the types of the two are kept in step by the tests.
    process.exitCode = await (await load())(io, ...(args as A));
  };
}

function nonEmpty(value: string): string {
  if (value === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
}

/** Commander's `error: text` in the form of all other errors. */
function usageError(text: string): string {
  const [message = '', ...rest] = text.trim().split('\n');
  const hint =
    rest
      .join(' ')
      .trim()
      .replace(/^\(|\)$/g, '') || 'Run brokerloom --help for the usage.';
  return `LOOM_USAGE ${message.replace(/^error: /, '')}\n  ${hint}\n`;
}
