import { seededRandom } from '../../lib/pure/random.ts';
import { startServer, type TestServer } from '../servers/start-server.ts';
import { blank, drawCode, paste } from './draw-code.ts';
import { encodePicture, type Raster } from './encode-picture.ts';
import type { MadeWeb } from './made-web.ts';
import type { MadePicture, OutsidePage } from './planted-ways.ts';
import { writeSite } from './write-site.ts';

/** Starts a server that is every host of the made web, those of platforms too; `resolve` says so to a fetcher. */
export async function serveMadeWeb(
  web: MadeWeb,
): Promise<TestServer & { readonly resolve: string[] }> {
  const hosts = new Map(
    web.sites.map((site, index) => [
      site.body.host,
      {
        pages: writeSite(site, index),
        pictures: new Map(site.pictures.map((picture) => [picture.path, picture])),
      },
    ]),
  );
  const outside = new Map<string, OutsidePage>(
    web.sites.flatMap((site) => site.outside.map((page) => [`${page.host}${page.path}`, page])),
  );
  const server = await startServer(async (request, response) => {
    const host = (request.headers.host ?? '').split(':')[0]!;
    const path = (request.url ?? '/').split('?')[0]!;
    const other = outside.get(`${host}${request.url}`) ?? outside.get(`${host}${path}`);
    if (other?.redirect !== undefined) {
      response.writeHead(302, { location: other.redirect }).end();
      return;
    }
    const html = other?.html ?? hosts.get(host)?.pages.get(path);
    if (html !== undefined) {
      response.writeHead(200, { 'content-type': `${typeOf(path)}; charset=utf-8` }).end(html);
      return;
    }
    const picture = hosts.get(host)?.pictures.get(path);
    if (picture === undefined) response.writeHead(404).end('没有');
    else
      response
        .writeHead(200, { 'content-type': 'application/octet-stream' })
        .end(await makePicture(picture));
  });
  return Object.assign(server, { resolve: [`*=127.0.0.1:${server.port}`] });
}

const typeOf = (path: string): string =>
  path.endsWith('.js') ? 'text/javascript' : path.endsWith('.css') ? 'text/css' : 'text/html';

/** The file of a picture; drawn from its path, so that the same web has the same bytes. */
export async function makePicture({
  path,
  payloads,
  look,
  format,
}: MadePicture): Promise<Uint8Array> {
  const random = seededRandom(path);
  const codes = payloads.map((payload) => drawCode(payload, look, random));
  return encodePicture(codes.length === 1 ? codes[0]! : sideBySide(codes), format);
}

const GAP = 40;

function sideBySide(codes: readonly Raster[]): Raster {
  const width = codes.reduce((sum, code) => sum + code.width + GAP, GAP);
  const out = blank(width, Math.max(...codes.map(({ height }) => height)) + 2 * GAP);
  let left = GAP;
  for (const code of codes) {
    paste(out, code, left, GAP);
    left += code.width + GAP;
  }
  return out;
}
