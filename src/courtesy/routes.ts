import { createHash } from 'node:crypto';
import type { HttpServer } from '../http/create-server.ts';
import { ABOUT_STYLE, aboutPage } from './about-page.ts';
import type { CrawlerIdentity } from './crawler-identity.ts';
import { MANNERS } from './manners.ts';

/** Where the contact page stands; it stands in the logs of every site that we visited, so it never moves. */
export const ABOUT_PATH = '/about-crawler';

const STYLE_HASH = createHash('sha256').update(ABOUT_STYLE).digest('base64');

/** The contact page for owners of visited sites: open to everybody. */
export function registerCourtesyRoutes(app: HttpServer, identity: CrawlerIdentity): void {
  app.get(
    ABOUT_PATH,
    { config: { access: 'public' }, schema: { hide: true } },
    async (_request, reply) =>
      reply
        .headers({
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'`,
        })
        .send(aboutPage(identity, MANNERS)),
  );
}
