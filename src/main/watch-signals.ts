import process from 'node:process';
import { EXIT } from '../cli/run-command.ts';

/** A service manager kills at some point (systemd: TimeoutStopSec); being ready before it keeps the database whole. */
export const STOP_LIMIT_MS = 9_500;
/** A terminal sends Ctrl-C to the launcher and to us, and the launcher hands its own on: two of these are one wish. */
const SAME_WISH_MS = 1_000;
/** A process ended by a signal ends with 128 and the signal's number (POSIX shells). */
const SIGNAL_NUMBERS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

type StopSignal = keyof typeof SIGNAL_NUMBERS;

/** The parts of the process that a test replaces. */
export interface SignalHost {
  on(signal: StopSignal, listener: (signal: StopSignal) => void): unknown;
  exit(code: number): void;
  warn(text: string): void;
  /** Monotonic milliseconds. */
  clock(): number;
  after(milliseconds: number, act: () => void): void;
}

const THIS_PROCESS: SignalHost = {
  on: (signal, listener) => process.on(signal, () => listener(signal)),
  exit: (code) => process.exit(code),
  warn: (text) => void process.stderr.write(`${text}\n`),
  clock: () => performance.now(),
  // What is left undone must not keep a finished process alive.
  after: (milliseconds, act) => void setTimeout(act, milliseconds).unref(),
};

/**
 * The wish to stop: aborted by the first SIGINT, SIGTERM or SIGHUP. A later one ends the process at once, and so does
 * {@link STOP_LIMIT_MS} (exit code 1): everything stored stays whole, as after a kill.
 */
export function watchSignals(host: SignalHost = THIS_PROCESS): AbortSignal {
  const abort = new AbortController();
  let askedAt: number | null = null;
  const stop = (signal: StopSignal): void => {
    if (askedAt === null) {
      askedAt = host.clock();
      host.after(STOP_LIMIT_MS, () => {
        host.warn(`${STOP_LIMIT_MS / 1000} 秒内没有停完，直接退出；下次启动会接着做。`);
        host.exit(EXIT.failed);
      });
      abort.abort();
    } else if (host.clock() - askedAt > SAME_WISH_MS) {
      host.warn('再次收到停止信号，立即退出。');
      host.exit(128 + SIGNAL_NUMBERS[signal]);
    }
  };
  for (const signal of Object.keys(SIGNAL_NUMBERS) as StopSignal[]) host.on(signal, stop);
  return abort.signal;
}
