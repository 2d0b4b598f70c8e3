import { resolve } from 'node:path';
import process from 'node:process';
import type { CommandOutput } from '../cli/command.ts';
import { createOutput } from '../cli/output.ts';
import { EXIT, reportError } from '../cli/run-command.ts';
import { executeCall } from './execute-call.ts';
import { watchSignals } from './watch-signals.ts';

/** Entry of `xunjian COMMAND …`: everything that a terminal brings, nothing else. */
async function main(): Promise<number> {
  const argv = process.argv.slice(2);
  const signal = watchSignals();
  const sinks = {
    out: (text: string) => void process.stdout.write(text),
    err: (text: string) => void process.stderr.write(text),
    json: argv.includes('--json'),
    terminal: process.stderr.isTTY === true,
  };
  const out: CommandOutput = createOutput(sinks);
  try {
    return await executeCall(
      { argv, cwd: resolve(process.cwd()), json: sinks.json, terminal: sinks.terminal },
      out,
      sinks,
      signal,
    );
  } catch (error) {
    return reportError(error, out);
  }
}

// A reader that closes the pipe early (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
});
process.exitCode = await main();
