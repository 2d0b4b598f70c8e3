import type { Instant } from '../lib/pure/dates.ts';

/** One option of a command. `many` options may be repeated; `flag` options take no value. */
export interface OptionSpec {
  readonly kind: 'text' | 'flag' | 'many';
  readonly value?: string;
  readonly help: string;
  readonly required?: boolean;
}

export interface CommandArguments {
  readonly positionals: readonly string[];
  /** Value of a `text` option, or undefined. */
  text(name: string): string | undefined;
  flag(name: string): boolean;
  many(name: string): readonly string[];
}

/**
 * Where a command's results go. `result` is one JSON line on stdout with `--json`, else what `text` says of it;
 * `note` and `progress` go to stderr.
 */
export interface CommandOutput {
  readonly json: boolean;
  result(value: unknown, text?: string): void;
  note(message: string): void;
  /** Overwrites the last progress line on a terminal; a plain line now and then otherwise. */
  progress(message: string): void;
}

/** What every command gets. `Deps` is what `main` opened for it (`store` commands get the store). */
export interface CommandContext<Deps> {
  readonly args: CommandArguments;
  readonly out: CommandOutput;
  readonly deps: Deps;
  /** Folder against which file arguments are resolved (the caller's, also when a server runs the command). */
  readonly cwd: string;
  /** Embedded data folder (`--data`). */
  readonly dataDir: string;
  /** Aborted by SIGINT / SIGTERM, or when the caller of a served command goes away. */
  readonly signal: AbortSignal;
  readonly now: () => Instant;
  /** Who acts, for the audit trail. */
  readonly actor: string;
}

/** A command of the contract. Exit codes: 0 done, 1 failed, 2 bad usage or input (UserError). */
export interface Command<Deps = unknown> {
  /** Words of the command, e.g. ['registry', 'import']. */
  readonly words: readonly string[];
  readonly summary: string;
  readonly positionals: { readonly name: string; readonly min: number; readonly max: number };
  readonly options: Readonly<Record<string, OptionSpec>>;
  /**
   * `store` = needs the database; `none` = runs without one; `storeIfAny` = is given the database where there is one (its `deps` are
   * undefined otherwise, and with its flag `no-store`), and never makes one.
   */
  readonly needs: 'none' | 'store' | 'storeIfAny';
  /** Resolves to the exit code; throws UserError for bad input. */
  run(context: CommandContext<Deps>): Promise<number>;
}

export function defineCommand<Deps>(command: Command<Deps>): Command<Deps> {
  return command;
}
