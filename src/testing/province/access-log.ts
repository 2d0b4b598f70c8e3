import { createWriteStream } from 'node:fs';
import type { Server } from 'node:http';

/** Writes a line `METHOD host path` for every request, as web servers do; whoever reads it knows what was fetched. */
export function logAccess(server: Server, file: string): void {
  const log = createWriteStream(file, { flags: 'a' });
  server.prependListener('request', (request) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    log.write(`${request.method ?? 'GET'} ${host} ${request.url ?? '/'}\n`);
  });
  server.once('close', () => log.end());
}
