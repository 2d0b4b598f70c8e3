import type { LinkClass } from '../../domain/facts/link-facts.ts';
import { describePortalRule } from '../../testing/facts/judge-portal.ts';
import { failingLink, links } from '../../testing/facts/portal-views.ts';
import { portalAvailability } from './deduct.availability.ts';

const failing = (...classes: Exclude<LinkClass, 'ok' | 'moved'>[]) =>
  classes.map((each, n) => failingLink({ class: each, url: `http://a/${n}`, onHome: n % 2 === 0 }));

describePortalRule(portalAvailability, [
  [
    'dead, soft 404 and back to the home page',
    { 'site.links': links(failing('dead', 'soft404', 'redirectHome')) },
    { status: 'breached', occurrences: 3 },
  ],
  [
    'what may be our own trouble is none of theirs',
    { 'site.links': links(failing('blocked', 'tls', 'timeout', 'unobserved')) },
    { status: 'met' },
  ],
  [
    'a style sheet that is lost is no link',
    { 'site.links': links([failingLink({ class: 'dead', use: 'asset' })], { home: links().home }) },
    { status: 'met' },
  ],
  [
    'a wrong target is for a person',
    { 'site.links': links(failing('wrongTarget')) },
    { status: 'undetermined', atMost: 1 },
  ],
  [
    'dead ones, and one that is for a person',
    { 'site.links': links(failing('dead', 'dead', 'wrongTarget')) },
    { status: 'breached', occurrences: 2, unseen: 1 },
  ],
  [
    'too few pages',
    { 'site.links': links([], { pages: 20, complete: false, incompleteReason: '时间不足' }) },
    { status: 'undetermined', reason: '只看了 20 个页面：时间不足' },
  ],
  [
    'a sample of pages',
    { 'site.links': links([], { pages: 200, complete: false }) },
    { status: 'met' },
  ],
  [
    'more than are listed',
    { 'site.links': links(failing('dead'), { home: { ...links().home, dead: 40 } }) },
    { status: 'breached', occurrences: 40 },
  ],
]);
