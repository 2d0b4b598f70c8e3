import { timingSafeEqual } from 'node:crypto';
import { request } from 'undici';
import { z } from 'zod';
import type { CommandOutput } from '../cli/command.ts';
import { createOutput } from '../cli/output.ts';
import type { HttpServer } from '../http/create-server.ts';
import { TransientError, UserError } from '../lib/pure/errors.ts';

/**
 * When a server holds the data folder, commands go through it: the caller sends its arguments and its folder, the server
 * runs them and streams back what the command prints, one JSON line per piece, the exit code last.
 */
const CommandCall = z.object({
  argv: z.array(z.string().max(4096)).max(200),
  cwd: z.string().max(4096),
  json: z.boolean(),
  terminal: z.boolean(),
});
export type CommandCall = z.infer<typeof CommandCall>;

type Line = { readonly out: string } | { readonly err: string } | { readonly exit: number };

/** Runs one call inside the server's process; resolves to its exit code. */
export type CommandExecutor = (
  call: CommandCall,
  out: CommandOutput,
  signal: AbortSignal,
) => Promise<number>;

/** Commands that the server runs for callers. */
export interface CommandsUnderWay {
  /** Asks all to stop at a safe point; resolves when they have. */
  stop(): Promise<void>;
}

/** Adds the endpoint. Only a caller that read the token from the data folder's lock (owner-readable) may use it. */
export function registerCommandEndpoint(
  app: HttpServer,
  token: string,
  execute: CommandExecutor,
): CommandsUnderWay {
  const stopping = new AbortController();
  const running = new Set<Promise<number>>();
  app.post(
    '/api/commands',
    { config: { access: 'public' }, schema: { hide: true, body: CommandCall } },
    async (request, reply) => {
      if (!sameToken(request.headers['x-xunjian-token'], token)) {
        throw new UserError('http.token', '命令只接受本机数据目录的所有者。');
      }
      reply.hijack();
      const raw = reply.raw;
      raw.writeHead(200, {
        'content-type': 'application/x-ndjson',
        'x-content-type-options': 'nosniff',
      });
      const abort = new AbortController();
      raw.on('close', () => abort.abort());
      const write = (line: Line): void => {
        if (!raw.destroyed) raw.write(`${JSON.stringify(line)}\n`);
      };
      const out = createOutput({
        out: (text) => write({ out: text }),
        err: (text) => write({ err: text }),
        json: request.body.json,
        terminal: request.body.terminal,
      });
      const signal = AbortSignal.any([abort.signal, stopping.signal]);
      const work = execute(request.body, out, signal);
      running.add(work);
      const exit = await work.finally(() => running.delete(work));
      write({ exit });
      raw.end();
    },
  );
  return {
    stop: async () => {
      stopping.abort();
      await Promise.allSettled(running);
    },
  };
}

function sameToken(given: unknown, token: string): boolean {
  if (typeof given !== 'string' || given.length !== token.length) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(token));
}

export interface RemoteServer {
  readonly port: number;
  readonly token: string;
}

/** Sends a call to the server that holds the data folder and replays what it prints. Resolves to the exit code. */
export async function runRemotely(
  server: RemoteServer,
  call: CommandCall,
  sinks: { out: (text: string) => void; err: (text: string) => void; signal: AbortSignal },
): Promise<number> {
  const response = await request(`http://127.0.0.1:${server.port}/api/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-xunjian-token': server.token },
    body: JSON.stringify(call),
    signal: sinks.signal,
    headersTimeout: 0,
    bodyTimeout: 0,
  }).catch((cause: unknown) => {
    throw new TransientError(
      'server.unreachable',
      `数据目录由端口 ${server.port} 上的服务占用，但连不上它。`,
      { cause },
    );
  });
  if (response.statusCode !== 200)
    throw new TransientError('server.refused', `服务没有接受命令：${await response.body.text()}`);
  let rest = '';
  let exit: number | undefined;
  response.body.setEncoding('utf8');
  for await (const chunk of response.body) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      const line = JSON.parse(text) as Line;
      if ('out' in line) sinks.out(line.out);
      else if ('err' in line) sinks.err(line.err);
      else exit = line.exit;
    }
  }
  if (exit === undefined)
    throw new TransientError('server.gone', '执行命令时服务退出了，结果不明；请重新执行一次。');
  return exit;
}
