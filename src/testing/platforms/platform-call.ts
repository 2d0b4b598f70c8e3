import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request to a simulated platform, as its interfaces see it. */
export interface PlatformCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Where it comes from, for platforms that look at that. */
  readonly address?: string;
}

export interface PlatformReply {
  readonly status: number;
  /** Content-Type, where the platform spells it otherwise. */
  readonly type?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A platform's interfaces for all accounts of a plan, told apart by their tokens. */
export interface PlatformSimulator {
  answer(call: PlatformCall): PlatformReply;
}

const BODY_BYTES_MAX = 64 * 1024;

/** Serves a simulator over HTTP. */
export function servePlatform(
  simulator: PlatformSimulator,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > BODY_BYTES_MAX) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const { pathname: path, searchParams: query } = new URL(
        request.url ?? '/',
        'http://any.test',
      );
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const body = Buffer.concat(chunks).toString('utf8');
      const reply = simulator.answer({
        method: request.method ?? 'GET',
        path,
        query,
        headers,
        body,
        address: request.socket.remoteAddress ?? '',
      });
      response.statusCode = reply.status;
      response.setHeader('content-type', reply.type ?? 'application/json; charset=utf-8');
      response.end(JSON.stringify(reply.body));
    });
  };
}
