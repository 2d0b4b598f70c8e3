import { AsyncLocalStorage } from 'node:async_hooks';
import { inspect } from 'node:util';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** What may stand in a log line beside its message. A `Secret` prints as `[secret]`. */
export type LogFields = Readonly<Record<string, unknown>>;

const RANK = { debug: 10, info: 20, warn: 30, error: 40, silent: 50 } as const;

/** A collector cuts longer lines (journald at 48 KiB), and what a crawled page says may be endless. */
export const LINE_CHARACTERS_MAX = 8_000;
const FIELD_CHARACTERS_MAX = 2_000;
const FIELDS_MAX = 40;
const DEPTH_MAX = 4;

/** Names under which a password travels; their values never print, whatever they are. */
const SECRET_NAME =
  /secret|password|passwd|token|authorization|cookie|api-?key|access-?key|private-?key|database_url/i;
/** Passwords in an address: `scheme://user:password@host`. */
const SECRET_IN_URL = /\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]{1,200}@/gi;

const context = new AsyncLocalStorage<LogFields>();

/** Runs `work`; every line written meanwhile, however deep, carries `fields` (a request id, a round). */
export function withLogFields<T>(fields: LogFields, work: () => T): T {
  return context.run({ ...context.getStore(), ...fields }, work);
}

export interface LogSettings {
  readonly level: LogLevel;
  /** A terminal gets words, anything else JSON lines. */
  readonly terminal: boolean;
  readonly write: (line: string) => void;
  readonly now: () => Date;
}

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** A log of one process. Lines are single, in order, at most {@link LINE_CHARACTERS_MAX} characters. Never throws. */
export function createLog(settings: LogSettings): Log {
  const at = (level: Exclude<LogLevel, 'silent'>) => (message: string, fields?: LogFields) => {
    if (RANK[level] < RANK[settings.level]) return;
    const all = printable({ ...context.getStore(), ...fields });
    const time = settings.now().toISOString();
    const line = settings.terminal
      ? asWords(time, level, message, all)
      : asJson({ time, level, message: cut(clean(message), FIELD_CHARACTERS_MAX), ...all });
    settings.write(`${line}\n`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

let processLog: Log = createLog({
  level: 'silent',
  terminal: false,
  write: () => undefined,
  now: () => new Date(),
});

/** The log of this process; silent until an entry point calls {@link setLog}. */
export const log: Log = {
  debug: (message, fields) => processLog.debug(message, fields),
  info: (message, fields) => processLog.info(message, fields),
  warn: (message, fields) => processLog.warn(message, fields),
  error: (message, fields) => processLog.error(message, fields),
};

/** Makes `next` the process's log. Called once, by the entry point; rooms only write. */
export function setLog(next: Log): void {
  processLog = next;
}

function asJson(record: Readonly<Record<string, unknown>>): string {
  const line = JSON.stringify(record);
  if (line.length <= LINE_CHARACTERS_MAX) return line;
  const { time, level, message, requestId, round } = record;
  return JSON.stringify({ time, level, message, requestId, round, cut: line.length });
}

function asWords(time: string, level: string, message: string, fields: LogFields): string {
  const words = Object.entries(fields).map(([name, value]) =>
    typeof value === 'string' ? `${name}=${value}` : `${name}=${JSON.stringify(value)}`,
  );
  const line = [time, level.padEnd(5), clean(message), ...words].join(' ');
  return cut(line.replaceAll('\n', '\\n'), LINE_CHARACTERS_MAX);
}

function printable(fields: LogFields): Record<string, unknown> {
  const all = Object.entries(fields).filter(([, value]) => value !== undefined);
  const kept = all.slice(0, FIELDS_MAX).map(([name, value]) => [name, printed(name, value, 0)]);
  if (all.length > FIELDS_MAX) kept.push(['fieldsCut', all.length - FIELDS_MAX]);
  return Object.fromEntries(kept) as Record<string, unknown>;
}

function printed(name: string, value: unknown, depth: number): unknown {
  if (SECRET_NAME.test(name)) return '[secret]';
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string') return cut(clean(value), FIELD_CHARACTERS_MAX);
  if (value instanceof Error) return errorOf(value, depth);
  if (typeof value !== 'object') return cut(clean(String(value)), FIELD_CHARACTERS_MAX);
  // What says how it prints (a Secret, a Date) is asked; a plain object is walked, so that names are looked at.
  if ('toJSON' in value) return cut(clean(inspect(value, { depth: 1 })), FIELD_CHARACTERS_MAX);
  if (depth >= DEPTH_MAX) return '[…]';
  if (Array.isArray(value))
    return value.slice(0, FIELDS_MAX).map((each) => printed('', each, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, FIELDS_MAX)
      .map(([key, each]) => [key, printed(key, each, depth + 1)]),
  );
}

function errorOf(error: Error, depth: number): unknown {
  const code = 'code' in error ? { code: String(error.code) } : {};
  const cause =
    error.cause instanceof Error && depth < DEPTH_MAX
      ? { cause: errorOf(error.cause, depth + 1) }
      : {};
  const stack = cut(clean(error.stack ?? error.message), FIELD_CHARACTERS_MAX);
  return { name: error.name, ...code, stack, ...cause };
}

/** Text without passwords in addresses and without what steers a terminal (a page may have written it). */
function clean(text: string): string {
  return (
    text
      .slice(0, LINE_CHARACTERS_MAX)
      .replace(SECRET_IN_URL, '$1[secret]@')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly what must not reach a terminal
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '�')
  );
}

function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).toWellFormed()}…`;
}
