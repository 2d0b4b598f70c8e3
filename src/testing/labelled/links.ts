import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { answer, redirectOn, reset } from '../servers/behaviours.ts';
import { type Handler, startServer } from '../servers/start-server.ts';
import { BROKEN_HOSTS, BROKEN_LINKS, SOUND_BESIDE } from './broken-links.ts';
import { type CaseHost, type LinkCase, SITE } from './link-cases.ts';
import { article, framed } from './link-pages.ts';
import { REFUSING_LINKS } from './refusing-links.ts';
import { SCRIPTED_HOSTS, SCRIPTED_LINKS } from './scripted-links.ts';
import { SOUND_LINKS } from './sound-links.ts';

/** What our agents can tell without a browser. */
export const PLAIN_LINKS: readonly LinkCase[] = [
  ...SOUND_LINKS,
  ...SOUND_BESIDE,
  ...BROKEN_LINKS,
  ...REFUSING_LINKS,
];

/** The labelled set of links: what each truly is. Every server behaviour and wording is made here, none is a real site's. */
export const LABELLED_LINKS: readonly LinkCase[] = [...PLAIN_LINKS, ...SCRIPTED_LINKS];

export interface LabelledWorld extends AsyncDisposable {
  /** `--resolve` rules under which the set's hosts are found. */
  readonly resolve: readonly string[];
}

const HOME = answer(
  200,
  framed(
    '青阳县人民政府',
    '<h2>要闻动态</h2><ul><li>县政府召开常务会议</li><li>全县春耕备耕全面展开</li></ul>',
  ),
);
const NOT_FOUND = answer(404, '没有这个页面');

/** Links of the set on one page: what a check of the whole site starts from. */
const linkPage = (links: readonly LinkCase[]): Handler =>
  answer(
    200,
    framed(
      '青阳县人民政府',
      links
        .map(({ url, text = '', use }) => {
          if (use === 'image') return `<img src="${url}">`;
          if (use === 'frame') return `<iframe src="${url}"></iframe>`;
          return `<a href="${url}">${text}</a>`;
        })
        .join('\n'),
    ),
  );

/** Starts the servers of the set on loopback. */
export async function startLabelledWorld(): Promise<LabelledWorld> {
  const web = virtualHosts();
  const servers = await Promise.all([
    startServer(web),
    startServer(reset),
    startServer(web, { tls: true }),
    startServer(web, { tls: 'expired' }),
  ]);
  const [plain, dropping, selfSigned, expired] = servers.map(({ port }) => port);
  const at = (host: string, port: number | undefined): string =>
    `${host}.qingyang.gov.cn=127.0.0.1:${port}`;
  return {
    resolve: [
      at('*', plain),
      at('closed', await unusedPort()),
      at('dropping', dropping),
      at('selfsigned', selfSigned),
      at('expired', expired),
    ],
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
    },
  };
}

function virtualHosts(): Handler {
  const byAddress = new Map<string, Handler>();
  for (const { url, handler } of LABELLED_LINKS) {
    const { host, pathname, search } = new URL(url);
    if (handler) byAddress.set(`${host}${pathname}${search}`, handler);
  }
  const hosts = new Map<string, CaseHost>(
    [...BROKEN_HOSTS, ...SCRIPTED_HOSTS].map((each) => [each.host, each]),
  );
  return (request, response) => {
    const host = request.headers.host ?? '';
    const path = request.url ?? '/';
    const known = hosts.get(host);
    const others = path.startsWith('/step/') ? redirectOn : (known?.fallback ?? NOT_FOUND);
    const home = known?.home ?? HOME;
    const other = path === '/' ? home : (SPECIAL[path] ?? others);
    (byAddress.get(`${host}${path}`) ?? other)(request, response);
  };
}

/** Where the redirects of some cases end. */
const SPECIAL: Readonly<Record<string, Handler>> = {
  '/404.html': answer(200, framed('青阳县人民政府', '<img src="/404.png">')),
  '/error/404.jsp': answer(200, framed('青阳县人民政府', '<img src="/404.png">')),
  '/oops.aspx?aspxerrorpath=/a.aspx': answer(200, framed('青阳县人民政府', '<p>回到首页</p>')),
  '/a.html': answer(200, article('政务动态')),
  '/index.html': HOME,
  '/all-links/': linkPage(PLAIN_LINKS),
  '/scripted-links/': linkPage(SCRIPTED_LINKS),
};

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The page on which all links of the set stand. */
export const LABELLED_FROM = `${SITE}/`;
