import { constants } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { cutText } from '../../pure/cut-text.ts';
import type { BodyCut } from '../../pure/received-response.ts';
import { readBody } from './read-body.ts';

/** What can go wrong between us and an answer; `forbidden-address` is our own refusal. */
export type NetworkErrorClass =
  | 'dns'
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'tls'
  | 'redirect-loop'
  | 'protocol'
  | 'forbidden-address';

/** Milliseconds of one exchange; null where that step was not reached, or a kept connection made it needless. */
export interface Timings {
  readonly dnsMs: number | null;
  readonly tcpMs: number | null;
  readonly tlsMs: number | null;
  readonly ttfbMs: number | null;
  readonly totalMs: number | null;
}

export interface ExchangeRequest {
  readonly url: URL;
  readonly address: string;
  readonly port: number;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** A new connection, closed afterwards: what an availability visit needs. */
  readonly fresh: boolean;
  readonly signal: AbortSignal | undefined;
  /** Media types whose bodies are read; others end after their headers. Null reads everything. */
  readonly readTypes: RegExp | null;
  /** Looks past a certificate that cannot be believed, and old ciphers: only to see whether content stands behind it. */
  readonly anyCertificate?: boolean;
}

export type ExchangeResult =
  | {
      readonly ok: true;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly cookies: readonly string[];
      readonly body: Uint8Array;
      readonly truncated: boolean;
      readonly cut: BodyCut | null;
      readonly httpVersion: string;
      readonly statusMessage: string;
      readonly rawHeaders: readonly string[];
      readonly timings: Timings;
    }
  | {
      readonly ok: false;
      readonly errorClass: NetworkErrorClass;
      readonly message: string;
      /** The system's code, e.g. `CERT_HAS_EXPIRED`; '' when it gave none. */
      readonly code: string;
      readonly timings: Timings;
    };

/** Kept connections: enough for the sites crawled at once; an idle one goes before servers usually drop it. */
const AGENT_OPTIONS = {
  keepAlive: true,
  maxSockets: 96,
  maxFreeSockets: 64,
  timeout: 20_000,
  scheduling: 'lifo',
} as const;
const HEADER_BYTES_MAX = 64 * 1024;
/** The weakest that OpenSSL 3 still speaks: old servers offer nothing better. Never on a kept connection. */
const ANY_CERTIFICATE: https.RequestOptions = {
  rejectUnauthorized: false,
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
};

/** The kept connections of one fetcher. */
export class Connections {
  readonly http = new http.Agent(AGENT_OPTIONS);
  readonly https = new https.Agent(AGENT_OPTIONS);
  destroy(): void {
    this.http.destroy();
    this.https.destroy();
  }
}

/** One request to one address that the guard has passed. Never throws for what the world does. */
export function exchange(
  connections: Connections,
  request: ExchangeRequest,
): Promise<ExchangeResult> {
  return new Promise((resolve) => {
    const clock = new ExchangeClock();
    let settled = false;
    const sent = openRequest(connections, request);
    const finish = (result: ExchangeResult): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', onAbort);
      resolve(result);
    };
    const fail = (error: unknown): void => {
      finish({ ok: false, ...classify(error), timings: clock.timings() });
      sent.destroy();
    };
    const onAbort = (): void => fail(Object.assign(new Error('已中止'), { code: 'ABORTED' }));
    // The limit is inclusive: what is not there when the last millisecond is over counts as not there (15 秒含).
    const timer = setTimeout(
      () =>
        fail(
          Object.assign(new Error(`${request.timeoutMs} 毫秒内没有打开`), { code: 'ETIMEDOUT' }),
        ),
      request.timeoutMs,
    );
    if (request.signal?.aborted) onAbort();
    else request.signal?.addEventListener('abort', onAbort, { once: true });
    sent.on('socket', (socket) => clock.watch(socket));
    sent.on('error', fail);
    sent.on('response', (response) => {
      clock.answered();
      const wanted =
        request.readTypes === null ||
        request.readTypes.test(response.headers['content-type'] ?? 'text/html');
      const reading =
        wanted && request.method !== 'HEAD'
          ? readBody(response, request.maxBytes)
          : dropBody(response);
      reading.then(({ body, truncated }) => {
        clock.ended();
        finish({
          ok: true,
          status: response.statusCode ?? 0,
          headers: flatten(response.headers),
          cookies: response.headers['set-cookie'] ?? [],
          body,
          truncated,
          cut: cutOf({ wanted, truncated, full: body.byteLength >= request.maxBytes }),
          httpVersion: response.httpVersion,
          statusMessage: response.statusMessage ?? '',
          rawHeaders: response.rawHeaders,
          timings: clock.timings(),
        });
        if (truncated || !wanted) sent.destroy();
      }, fail);
    });
    sent.end(request.body ?? undefined);
  });
}

function cutOf(read: { wanted: boolean; truncated: boolean; full: boolean }): BodyCut | null {
  if (!read.wanted) return 'unspecified';
  if (!read.truncated) return null;
  return read.full ? 'length' : 'disconnect';
}

function openRequest(connections: Connections, request: ExchangeRequest): http.ClientRequest {
  const secure = request.url.protocol === 'https:';
  const host = request.url.hostname.replace(/^\[|\]$/g, '');
  const options: https.RequestOptions = {
    host: request.address,
    port: request.port,
    method: request.method,
    path: `${request.url.pathname}${request.url.search}`,
    headers: { ...request.headers, host: request.url.host },
    maxHeaderSize: HEADER_BYTES_MAX,
    agent:
      request.fresh || request.anyCertificate
        ? false
        : secure
          ? connections.https
          : connections.http,
    setHost: false,
  };
  if (secure)
    return https.request({
      ...options,
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      ...(request.anyCertificate ? ANY_CERTIFICATE : {}),
    });
  return http.request(options);
}

async function dropBody(
  response: http.IncomingMessage,
): Promise<{ body: Uint8Array; truncated: boolean }> {
  response.destroy();
  return { body: new Uint8Array(0), truncated: false };
}

function flatten(headers: http.IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

class ExchangeClock {
  readonly #started = performance.now();
  #tcpMs: number | null = null;
  #tlsMs: number | null = null;
  #ttfbMs: number | null = null;
  #totalMs: number | null = null;

  watch(socket: Socket): void {
    if (!socket.connecting) return;
    socket.once('connect', () => {
      this.#tcpMs = this.#elapsed();
    });
    if ('getPeerCertificate' in socket) {
      (socket as TLSSocket).once('secureConnect', () => {
        this.#tlsMs = this.#elapsed() - (this.#tcpMs ?? 0);
      });
    }
  }

  answered(): void {
    this.#ttfbMs = this.#elapsed();
  }

  ended(): void {
    this.#totalMs = this.#elapsed();
  }

  timings(): Timings {
    return {
      dnsMs: null,
      tcpMs: this.#tcpMs,
      tlsMs: this.#tlsMs,
      ttfbMs: this.#ttfbMs,
      totalMs: this.#totalMs ?? this.#elapsed(),
    };
  }

  #elapsed(): number {
    return Math.round((performance.now() - this.#started) * 1000) / 1000;
  }
}

const CLASS_BY_CODE: Readonly<Record<string, NetworkErrorClass>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EPROTO: 'tls',
  ABORTED: 'timeout',
};

/** Classifies by error code, never by message text. */
function classify(error: unknown): {
  errorClass: NetworkErrorClass;
  message: string;
  code: string;
} {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? cutText(error.message, 200) : '未知错误';
  const isTls = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_/.test(code);
  return { errorClass: CLASS_BY_CODE[code] ?? (isTls ? 'tls' : 'protocol'), message, code };
}
