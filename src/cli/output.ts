import type { CommandOutput } from './command.ts';

export interface OutputSinks {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly json: boolean;
  /** Whether stderr is a terminal that understands carriage return. */
  readonly terminal: boolean;
}

/** Plain progress lines are written at most this often when stderr is no terminal. */
const PLAIN_PROGRESS_EVERY_MS = 5_000;

/** Results on stdout, everything else on stderr. */
export function createOutput(sinks: OutputSinks): CommandOutput {
  let openProgress = false;
  let lastPlainAt = 0;
  const endProgress = (): void => {
    if (openProgress) sinks.err('\n');
    openProgress = false;
  };
  return {
    json: sinks.json,
    result(value, text) {
      endProgress();
      if (sinks.json) sinks.out(`${JSON.stringify(value)}\n`);
      else sinks.out(`${text ?? JSON.stringify(value, null, 2)}\n`);
    },
    note(message) {
      endProgress();
      sinks.err(`${message}\n`);
    },
    progress(message) {
      if (sinks.terminal) {
        sinks.err(`\r\u001b[2K${message}`);
        openProgress = true;
        return;
      }
      const now = Date.now();
      if (now - lastPlainAt < PLAIN_PROGRESS_EVERY_MS) return;
      lastPlainAt = now;
      sinks.err(`${message}\n`);
    },
  };
}
