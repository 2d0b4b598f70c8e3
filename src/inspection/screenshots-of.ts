import type { FactSet } from '../domain/fact.ts';
import type { PageScreenshot } from '../domain/facts/render-facts.ts';
import type { Evidence } from '../domain/finding.ts';

/** A picture with the page that it shows: its addresses, and the HTML that was read from it. */
interface Pictured {
  readonly urls: readonly string[];
  readonly html: string | null;
  readonly screenshot: PageScreenshot | null;
}

/**
 * SHA-256 (hex) of the pictures of the pages that evidence points at, by address or by the HTML after scripts: what a person saw
 * stands beside what was read, so that an owner can check a blank section or a missing foot at a glance.
 */
export function screenshotsOf(evidence: readonly Evidence[], facts: FactSet): string[] {
  const pointedAt = new Set(
    evidence.flatMap(({ locator, snapshot }) => [locator, snapshot ?? []].flat()),
  );
  const shown = picturesIn(facts).filter(
    ({ urls, html }) =>
      urls.some((url) => pointedAt.has(url)) || (html !== null && pointedAt.has(html)),
  );
  return [...new Set(shown.flatMap(({ screenshot }) => screenshot?.snapshot ?? []))];
}

function picturesIn(facts: FactSet): Pictured[] {
  const rendered = facts['site.rendered'];
  const accessible = facts['site.accessibility'];
  const ageing = facts['site.ageing'];
  return [
    ...(rendered?.state === 'observed'
      ? rendered.value.pages.map((page) => ({ ...page, urls: [page.url, page.finalUrl] }))
      : []),
    ...(accessible?.state === 'observed'
      ? [{ ...accessible.value, urls: [accessible.value.url] }]
      : []),
    ...(ageing?.state === 'observed'
      ? [{ ...ageing.value.switched, urls: [ageing.value.switched.url] }]
      : []),
  ];
}
