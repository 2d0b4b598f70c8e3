import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WechatSimulator } from './simulate-wechat.ts';

const BODY_BYTES_MAX = 64 * 1024;

/** The simulator as the platform's web server: HTTP 200 whatever it says. */
export function wechatHandler(
  simulator: WechatSimulator,
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
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://platform.test');
      const answer = simulator.answer({
        method: request.method ?? 'GET',
        path: pathname,
        query: searchParams,
        body: Buffer.concat(chunks).toString('utf8'),
        address: request.socket.remoteAddress ?? '',
      });
      response.setHeader('content-type', 'application/json; encoding=utf-8');
      response.end(JSON.stringify(answer));
    });
  };
}
