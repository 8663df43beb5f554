import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Ends what a test process started, however that process itself ends. A shell waits on a pipe that only this process
 * holds; when the pipe closes (a normal exit, an exception, `kill -9`) it kills the listed process groups and removes
 * the listed folders. An `exit` handler alone would miss every signal that cannot be caught.
 */
const script = `
trap '' INT TERM HUP
pids=' '
while IFS=' ' read -r op arg; do
  case $op in
    add) pids="$pids$arg " ;;
    del) pids="\${pids%% $arg *} \${pids#* $arg }" ;;
    dir) set -- "$@" "$arg" ;;
  esac
done
for pid in $pids; do kill -s KILL -- "-$pid" 2>/dev/null; done
for dir in "$@"; do rm -rf -- "$dir"; done
`;

let reaper: ChildProcess | undefined;

function tell(line: string): void {
  if (!reaper) {
    reaper = spawn('sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    reaper.unref();
    // The pipe must not keep the event loop alive, or a test process would never end by itself.
    (reaper.stdin as unknown as { unref(): void }).unref();
  }
  reaper.stdin?.write(`${line}\n`);
}

/** The process group led by `pid` is killed when this process ends. */
export function reapGroup(pid: number): void {
  tell(`add ${pid}`);
}

/** The group has ended by itself: its number may soon belong to somebody else. */
export function forgetGroup(pid: number): void {
  tell(`del ${pid}`);
}

/** The folder is removed when this process ends. */
export function reapDir(dir: string): void {
  tell(`dir ${dir}`);
}
