import type { PageTextFinding, SiteText } from '../../domain/facts/text-facts.ts';
import { MONITORED_AT } from './build-facts.ts';

/** A suspicion of veto class on a page. */
export const wording = (about: Partial<PageTextFinding> = {}): PageTextFinding => ({
  text: '中华人民共合国',
  suggestion: '中华人民共和国',
  class: 'protectedName',
  severity: 'veto',
  confidence: 0.97,
  rule: 'protected:中华人民共和国/sound',
  reason: '疑似把“中华人民共和国”写错一字，音同或音近',
  place: 'body',
  excerpt: '依照中华人民共合国有关法律',
  url: 'http://a/1',
  pageDate: null,
  snapshot: null,
  ...about,
});

/** The words of a site of which every page was read, without a suspicion unless `about` has some. */
export const siteText = (about: Partial<SiteText> = {}): SiteText => ({
  findings: [],
  cut: false,
  foundByClass: {},
  pagesRead: 120,
  charactersRead: 90_000,
  ignored: 0,
  lexicons: ['seed@1'],
  checkedAt: MONITORED_AT,
  complete: true,
  ...about,
});
