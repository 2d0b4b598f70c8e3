import type { AccountSighting, PagePlace, SeenVia } from '../../domain/discovered-account.ts';
import { isKnownBundle, isKnownOther } from './known-others.ts';
import type { Candidate } from './merge-candidates.ts';
import { type SiteIdentity, speaksOf } from './site-identity.ts';

/** How likely a candidate is an account of the site's own body, 0–100, and why (Chinese). */
export interface CandidateScore {
  readonly score: number;
  readonly reasons: readonly string[];
}

/** From here on a candidate is listed and queued; below, it is more likely somebody else's. */
export const LISTED_FROM = 50;

const BASE: Readonly<Record<SeenVia, readonly [number, string]>> = {
  widget: [75, '页面上的关注组件或分享参数指明了这个账号'],
  link: [70, '页面链接到这个账号的主页'],
  qr: [70, '页面上的二维码指向这个账号'],
  caption: [60, '页面文字写明了账号名称'],
  article: [30, '页面只链接到它的一篇文章'],
};
const PLACE: Readonly<Record<PagePlace, readonly [number, string]>> = {
  follow: [20, '在“关注我们”一类的位置'],
  frame: [10, '在页头、页脚或侧栏'],
  body: [0, ''],
  article: [-25, '在一篇文章的正文里，可能是别的单位的账号'],
  friends: [-45, '在友情链接里'],
  vendor: [-70, '在技术支持、承建单位一栏'],
  share: [-60, '在分享按钮里'],
};
const WIDGET_PLACES: ReadonlySet<PagePlace> = new Set(['article', 'share']);
const OWN_NAME = 20;
const OFFICIAL = 10;
const ON_MANY = 5;
const KNOWN_OTHER = -70;
/** An app that does not say whose it is may be anybody's. */
const APP = -15;
const APP_BARE = -20;
/** A nickname of an article that speaks of the site: its own account's, most likely. */
const OWN_ARTICLE = 15;

/** Somebody else's account that an article speaks of. */
const STRANGER = [-25, '文章里提到，名称与本网站不相符'] as const;

const OFFICIAL_WORDS =
  /官方|官微|政务(?:微|新媒|抖音|头条|账号)|我局|本局|关注我们|我县|我市|我区|我院|我委|我镇/;

/** Scores by the best of its sightings. Pure. */
export function scoreCandidate(candidate: Candidate, identity: SiteIdentity): CandidateScore {
  let best: CandidateScore = { score: -1, reasons: [] };
  for (const sighting of candidate.sightings) {
    const each = scoreSighting(candidate, sighting, identity);
    if (each.score > best.score) best = each;
  }
  const pages = new Set(candidate.sightings.map(({ foundOn }) => foundOn)).size;
  const isOnMany = pages > 1;
  return {
    score: Math.max(0, Math.min(100, best.score + (isOnMany ? ON_MANY : 0))),
    reasons: isOnMany ? [...best.reasons, `在 ${pages} 个页面上看到`] : best.reasons,
  };
}

function scoreSighting(
  { key, name }: Candidate,
  { via, place, words }: AccountSighting,
  identity: SiteIdentity,
): CandidateScore {
  const isOwn = name !== null && speaksOf(identity, name);
  const isSingle = via === 'article';
  // Where a link to an article stands says nothing of whose it is, unless it is a place of others; and what a widget or share button
  // names is the site's, wherever the button stands.
  const isAnywhere = isSingle ? PLACE[place][0] > 0 : via === 'widget' && WIDGET_PLACES.has(place);
  const placed = isAnywhere ? PLACE.body : PLACE[place];
  const parts: (readonly [number, string])[] = [BASE[via], placed];
  if (place === 'article' && name !== null && !isOwn) parts.push(STRANGER);
  if (isOwn) parts.push([OWN_NAME, '名称与本网站的单位或地名相符']);
  if (isOwn && isSingle) parts.push([OWN_ARTICLE, '文章的账号名称像是本单位的']);
  if (!isSingle && OFFICIAL_WORDS.test(words)) parts.push([OFFICIAL, '旁边的文字说是官方账号']);
  const isOthers =
    !isOwn &&
    ((name !== null && isKnownOther(name)) ||
      isKnownOther(words) ||
      (key.idKind === 'bundle' && isKnownBundle(key.id)));
  if (isOthers) parts.push([KNOWN_OTHER, '是全国性媒体、部委或通用软件的账号']);
  if (key.platform === 'app' && !isOwn) parts.push(appPart(key.id, place, identity));
  const told = parts.filter(([, reason]) => reason !== '');
  return {
    score: parts.reduce((sum, [points]) => sum + points, 0),
    reasons: told.map(([points, reason]) => `${reason}（${points > 0 ? '+' : ''}${points}）`),
  };
}

function appPart(id: string, place: PagePlace, { host }: SiteIdentity): readonly [number, string] {
  if (id.startsWith(`${host}/`)) return [10, '安装包放在本网站上'];
  return place === 'follow' || place === 'frame'
    ? [APP, '应用没有写明是谁的']
    : [APP_BARE - 10, '应用没有写明是谁的，也不在页头页脚'];
}
