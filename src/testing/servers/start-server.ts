import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

export type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** A request as it arrived. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  /** `performance.now()` on arrival. */
  readonly at: number;
}

/** A loopback server of a test; `await using` closes it with all its connections. */
export interface TestServer extends AsyncDisposable {
  /** `http://127.0.0.1:41234`, without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly seen: readonly SeenRequest[];
  /** Most requests that were under way at once. */
  readonly atOnce: () => number;
}

export interface ServerOptions {
  /** Any 127/8 address is this machine. */
  readonly host?: string;
  /** A free one unless given. */
  readonly port?: number;
  /** With a certificate of `fixtures/` that no client should believe: self-signed for `*.test`, or one that ran out in 2020. */
  readonly tls?: boolean | 'expired';
  /** False = requests are not remembered: a bench has hundreds of thousands. */
  readonly keepsSeen?: boolean;
}

/** Starts a server on a free port of a loopback address. */
export async function startServer(
  handler: Handler,
  { host = '127.0.0.1', tls = false, port: wanted = 0, keepsSeen = true }: ServerOptions = {},
): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  let running = 0;
  let most = 0;
  const listener: Handler = (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    if (keepsSeen) seen.push({ method, url, headers, at: performance.now() });
    most = Math.max(most, ++running);
    response.once('close', () => {
      running -= 1;
    });
    handler(request, response);
  };
  const server = tls
    ? https.createServer(certificate(tls === 'expired' ? 'expired' : 'self-signed'), listener)
    : http.createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    host,
    port,
    seen,
    atOnce: () => most,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function certificate(kind: 'expired' | 'self-signed'): { key: Buffer; cert: Buffer } {
  const read = (name: string): Buffer =>
    readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
  return { key: read(`${kind}-key.pem`), cert: read(`${kind}-cert.pem`) };
}
