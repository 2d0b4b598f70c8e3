import { normalName } from './account-names.ts';

/** Who a site is: its names as written (title, SiteName, sponsor), and the words that its own accounts would bear. */
export interface SiteIdentity {
  readonly host: string;
  readonly names: readonly string[];
  /** Places that the names speak of: 衡南, 攸县. */
  readonly places: readonly string[];
  /** What is left of the names without places and what all bodies are called: 教育, 文化旅游. */
  readonly topics: readonly string[];
}

/** Names of places by their last letters; one letter before them is no name by itself (攸县, 南县). */
const PLACE =
  /([\u3400-\u9fff]{1,7}?)(自治州|自治县|自治旗|自治区|省|市|州|县|区|旗|盟|镇|乡|街道)/g;
/** What names of sites and bodies have in common and no account is known by. */
const COMMON =
  /中华人民共和国|人民政府|政府门户网站|门户网站|政府网站|官方网站|政务服务|政府网|公众信息网|信息公开|信息网|政务网|办公厅|办公室|委员会|管理局|监督局|服务局|保障局|监督管理|网站|首页|欢迎|官网|[局委办厅院部站网处]|行政|人民|政府|管理|中国/g;
const TOKENS_MAX = 40;
const TOKEN_MAX = 12;
const PLACES_OF_NAME_MAX = 3;

export function siteIdentity(host: string, names: readonly string[]): SiteIdentity {
  const kept = [...new Set(names.map((name) => name.trim()).filter((name) => name.length >= 2))];
  const places = new Set<string>();
  const topics = new Set<string>();
  for (const name of kept.slice(0, TOKENS_MAX)) {
    let rest = normalName(name.slice(0, 100));
    let at = 0;
    for (const [whole, stem, suffix] of [...rest.matchAll(PLACE)].slice(0, PLACES_OF_NAME_MAX)) {
      // Places stand in front; a 区 in the midst of a name is something else (城区绿化).
      if (!rest.startsWith(whole, at)) break;
      at += whole.length;
      places.add(stem!.length >= 2 ? stem! : `${stem}${suffix}`);
    }
    rest = rest.slice(at);
    for (const part of rest.replace(COMMON, ' ').split(' '))
      if (part.length >= 2 && part.length <= TOKEN_MAX) topics.add(part);
  }
  return { host, names: kept, places: [...places], topics: [...topics] };
}

/**
 * Whether a name speaks of the site: it bears one of its places; of a site whose names tell no place (国家某某局), its field. A field alone
 * says little where there is a place: every county has its 教育.
 */
export function speaksOf({ places, topics }: SiteIdentity, name: string): boolean {
  const normal = normalName(name);
  const tokens = places.length > 0 ? places : topics;
  return tokens.some((token) => normal.includes(token));
}

/** Whether a body's name is one of the site's own, as written. */
export function isWho({ names }: SiteIdentity, name: string): boolean {
  const normal = normalName(name);
  return normal !== '' && names.some((own) => normalName(own) === normal);
}
