import { gzipSync } from 'node:zlib';
import type { Handler } from './start-server.ts';

/** Ways in which real servers misbehave, as handlers for {@link startServer}. */

const BLOCK = Buffer.alloc(64 * 1024, 'x');

export function answer(
  status: number,
  body: string | Uint8Array = '',
  headers: Readonly<Record<string, string | string[]>> = {},
): Handler {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(body);
  };
}

/** Takes the request and never says a word. */
export const hang: Handler = () => undefined;

/** A first byte at once, the next ones far apart. */
export const drip: Handler = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  const timer = setInterval(() => response.write('.'), 20);
  response.once('close', () => clearInterval(timer));
};

/** A body that never ends, as fast as it is taken. */
export function endless(contentType = 'text/html'): Handler {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': contentType });
    const pour = (): void => {
      while (!response.destroyed && response.write(BLOCK));
    };
    response.on('drain', pour);
    pour();
  };
}

/** Promises more than it sends, then drops the line. */
export const truncated: Handler = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html', 'content-length': '5000' });
  response.write('<html><body>开头', () => response.destroy());
};

/** Drops the line before any answer. */
export const reset: Handler = (request) => {
  request.socket.resetAndDestroy();
};

/** What comes back is not HTTP. */
export const garbage: Handler = (request) => {
  request.socket.end('220 smtp.example.cn ESMTP ready\r\n\r\n');
};

export function redirect(to: string, status = 302): Handler {
  return (_request, response) => {
    response.writeHead(status, { location: to });
    response.end();
  };
}

/** Each address leads to another one of its own: never the same twice. */
export const redirectOn: Handler = (request, response) => {
  const step = Number(/(\d+)$/.exec(request.url ?? '')?.[1] ?? 0);
  response.writeHead(302, { location: `/step/${step + 1}` });
  response.end();
};

/** A small gzip body that unpacks to `bytes`. */
export function gzipBomb(bytes: number): Handler {
  const packed = gzipSync(Buffer.alloc(bytes, 'a'));
  return answer(200, packed, { 'content-encoding': 'gzip' });
}

/** A refusal with a cookie; whoever sends the cookie back gets the page. */
export function cookieGate(page: string, status = 412): Handler {
  return (request, response) => {
    const passed = (request.headers.cookie ?? '').includes('gate=open');
    response.writeHead(passed ? 200 : status, {
      'content-type': 'text/html; charset=utf-8',
      ...(passed ? {} : { 'set-cookie': ['gate=open; Path=/; HttpOnly', 'x=1'] }),
    });
    response.end(passed ? page : "<script>$_ts=window['$_ts'];</script>");
  };
}

/** Nothing but a script that computes a cookie and loads again. */
export const SCRIPT_ONLY_PAGE =
  '<html><head><script>document.cookie="__jsl_clearance=1";location.reload()</script></head><body></body></html>';

/** Answers by path; others are not found. */
export function routes(table: Readonly<Record<string, Handler>>): Handler {
  return (request, response) => {
    const path = new URL(request.url ?? '/', 'http://any.test').pathname;
    (table[path] ?? answer(404, '没有这个页面'))(request, response);
  };
}

/** The n-th request gets the n-th answer; later ones the last. */
export function inTurn(...handlers: readonly [Handler, ...Handler[]]): Handler {
  let next = 0;
  return (request, response) => {
    const handler = handlers[Math.min(next, handlers.length - 1)] ?? handlers[0];
    next += 1;
    handler(request, response);
  };
}
