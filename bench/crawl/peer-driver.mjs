// `NAME PORT…`: one peer over the made sites, one after the other, from a folder in which the peers are installed (run-crawl.ts copies
// this file there). Prints one line of JSON: pages, seconds, and the broken paths of each site.
import process from 'node:process';

const CONCURRENT = 50;
const [name = '', ...ports] = process.argv.slice(2);
const pathOf = (url) => new URL(url).pathname;

const PEERS = {
  async linkinator(home) {
    const { LinkChecker } = await import('linkinator');
    const { links } = await new LinkChecker().check({
      path: home,
      recurse: true,
      concurrency: CONCURRENT,
      timeout: 20_000,
    });
    const broken = links.filter(({ state }) => state === 'BROKEN').map(({ url }) => pathOf(url));
    return {
      pages: links.filter(({ url, state }) => state === 'OK' && isPage(url)).length,
      broken,
    };
  },

  async simplecrawler(home) {
    const { default: Crawler } = await import('simplecrawler');
    return new Promise((resolve) => {
      const crawler = new Crawler(home);
      Object.assign(crawler, {
        interval: 1,
        maxConcurrency: CONCURRENT,
        respectRobotsTxt: false,
        maxDepth: 0,
      });
      const broken = new Set();
      let pages = 0;
      crawler.on('fetchcomplete', ({ url }) => {
        pages += isPage(url) ? 1 : 0;
      });
      for (const event of ['fetch404', 'fetcherror'])
        crawler.on(event, ({ url }) => broken.add(pathOf(url)));
      crawler.on('complete', () => resolve({ pages, broken: [...broken] }));
      crawler.start();
    });
  },

  async crawlee(home) {
    const { CheerioCrawler, Configuration } = await import('@crawlee/cheerio');
    const broken = new Set();
    let pages = 0;
    const settings = new Configuration({ persistStorage: false, purgeOnStart: false });
    const crawler = new CheerioCrawler(
      {
        minConcurrency: CONCURRENT,
        maxConcurrency: CONCURRENT,
        maxRequestRetries: 0,
        ignoreHttpErrorStatusCodes: [404],
        additionalMimeTypes: [
          'application/pdf',
          'application/msword',
          'text/css',
          'text/javascript',
          'image/png',
        ],
        async requestHandler({ request, response, $, enqueueLinks }) {
          if (response.statusCode >= 400) {
            broken.add(pathOf(request.url));
            return;
          }
          if (isPage(request.url)) pages += 1;
          if (!String(response.headers['content-type']).includes('html')) return;
          // Its own selectors follow `href` only; a broken picture is a broken link like another.
          const urls = $('a[href], link[href], img[src], script[src]')
            .toArray()
            .map(({ attribs }) => new URL(attribs.href ?? attribs.src, request.loadedUrl).href);
          await enqueueLinks({ strategy: 'same-hostname', urls });
        },
        failedRequestHandler: ({ request }) => {
          broken.add(pathOf(request.url));
        },
      },
      settings,
    );
    await crawler.run([home]);
    return { pages, broken: [...broken] };
  },
};

const isPage = (url) => /^\/(?:$|c\d+\/\d+\/t)/.test(pathOf(url));

process.env.CRAWLEE_LOG_LEVEL = 'OFF';
const found = {};
let pages = 0;
const started = performance.now();
for (const port of ports) {
  const walked = await PEERS[name](`http://127.0.0.1:${port}/`);
  pages += walked.pages;
  found[port] = walked.broken;
}
process.stdout.write(
  `${JSON.stringify({ pages, seconds: (performance.now() - started) / 1_000, found })}\n`,
);
process.exit(0);
