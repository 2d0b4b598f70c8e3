import { listOf, type SiteModel } from '../sites/site-model.ts';

/** A limit of the sitemap protocol (sitemaps.org). */
const URLS_MAX = 50_000;

/** The sitemap of a grown site; every other one has it, as in the world outside. Null = none. */
export function writeSitemap(model: SiteModel): string | null {
  if (!model.plan.whole || model.plan.seed % 2 === 1) return null;
  const paths = model.sections.flatMap((section) => [
    section.path,
    ...listOf(model, section).map((item) => item.path),
  ]);
  const rows = paths
    .slice(0, URLS_MAX)
    .map((path) => `<url><loc>http://${model.plan.host}${path}</loc></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${rows.join('\n')}
</urlset>`;
}
