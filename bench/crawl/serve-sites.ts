import http from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { makeSite } from './make-site.ts';

/**
 * `SITES PAGES`: serves the made sites, each on a port of its own, until its standard input ends. Prints one line of JSON:
 * `[{port, broken: [path, …]}, …]`. A process of its own, as the world is.
 */
const [sites = 1, pages = 1_000] = process.argv.slice(2).map(Number);
const served = [];
for (let index = 0; index < sites; index += 1) {
  const site = makeSite(index, pages);
  const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const { status, type, location, body } = site.answer(request.url ?? '/');
    response.writeHead(status, {
      'content-type': type,
      'content-length': body.byteLength,
      ...(location === undefined ? {} : { location }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  served.push({ port: (server.address() as AddressInfo).port, broken: [...site.broken] });
  // Pages are made before anybody asks, so that the first crawler does not pay for them.
  for (const path of reachable(site.answer)) site.answer(path);
}
process.stdout.write(`${JSON.stringify(served)}\n`);
process.stdin.on('end', () => process.exit()).resume();

function reachable(answer: (path: string) => { readonly body: Buffer }): Set<string> {
  const known = new Set(['/']);
  for (const path of known) {
    const text = answer(path).body.toString('latin1');
    for (const [, href = ''] of text.matchAll(/href="(\/c[^"]*)"/g)) known.add(href);
  }
  return known;
}
