import type { CommandOutput } from '../cli/command.ts';
import type { parseCommand } from '../cli/parse-command.ts';
import { runCommand } from '../cli/run-command.ts';
import { hasEmbeddedStore, readLock } from '../store/open-embedded-store.ts';
import { type AppDeps, openApp, type Place, placeOf } from './app-deps.ts';
import { COMMANDS } from './commands.ts';
import { readConfig, unknownSettings } from './config.ts';
import { type CommandCall, runRemotely } from './remote-command.ts';

export interface CallSinks {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Who acts when nobody signed in: the person at this machine. */
const LOCAL_ACTOR = '本机操作者';

/**
 * Runs one command line: through the server that holds its data folder, or by opening the data itself.
 * Never two openers of one folder. Resolves to the exit code.
 */
export async function executeCall(
  call: CommandCall,
  out: CommandOutput,
  sinks: CallSinks,
  signal: AbortSignal,
): Promise<number> {
  const config = readConfig();
  return runCommand<AppDeps>({
    commands: COMMANDS,
    argv: call.argv,
    out,
    execute: async (parsed) => {
      const place = placeOf(config, parsed.args.text('data'), call.cwd);
      const { dataDir } = place;
      if (runsAlone(parsed, place)) return runParsed(parsed, { call, out, signal, dataDir });
      for (const warning of unknownSettings()) out.note(`注意：${warning}`);
      // Only the embedded database has one opener; beside a server on PostgreSQL a command simply opens it too.
      const server = place.database === null ? readLock(dataDir)?.server : undefined;
      if (server) return runRemotely(server, call, { ...sinks, signal });
      const deps = await openApp(config, place);
      try {
        return await runParsed(parsed, { call, out, signal, dataDir, deps });
      } finally {
        await deps.close();
      }
    },
  });
}

/** Whether the command runs without a database: because it needs none, or takes one only where there is one. */
function runsAlone({ command, args }: ReturnType<typeof parseCommand<AppDeps>>, place: Place) {
  if (command.needs !== 'storeIfAny') return command.needs === 'none';
  return args.flag('no-store') || (place.database === null && !hasEmbeddedStore(place.dataDir));
}

/** Runs one command line with dependencies that are open already: what the server does for its callers. */
export async function executeInServer(
  deps: AppDeps,
  dataDir: string,
  call: CommandCall,
  out: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  return runCommand<AppDeps>({
    commands: COMMANDS,
    argv: call.argv,
    out,
    execute: (parsed) => runParsed(parsed, { call, out, signal, dataDir, deps }),
  });
}

interface RunWith {
  readonly call: CommandCall;
  readonly out: CommandOutput;
  readonly signal: AbortSignal;
  readonly dataDir: string;
  readonly deps?: AppDeps;
}

function runParsed(
  parsed: ReturnType<typeof parseCommand<AppDeps>>,
  { call, out, signal, dataDir, deps }: RunWith,
): Promise<number> {
  return parsed.command.run({
    args: parsed.args,
    out,
    // A command that needs no store never looks at its dependencies; one that takes any is told by their absence.
    deps: deps as AppDeps,
    cwd: call.cwd,
    dataDir,
    signal,
    now: () => new Date().toISOString(),
    actor: LOCAL_ACTOR,
  });
}
