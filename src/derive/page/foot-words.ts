import type { FooterView } from '../../domain/site-facts.ts';
import { cutText } from '../../lib/pure/cut-text.ts';

/** A foot with friend links and notices in it stays within this many characters of the page's end. */
const FOOT_MAX = 3_000;
const NAME_MAX = 60;

const OFFICE = '([\\p{Script=Han}（）()·、]{2,40}(?: [\\p{Script=Han}（）()·、]{2,40}){0,2})';
/** 主办 within a sentence (由某局主办的) names no sponsor: a colon, a blank or 单位 does. */
const SPONSOR = new RegExp(
  `主\\s{0,2}办\\s{0,2}(?:单\\s{0,2}位\\s{0,3}[:：]?|[方者]?\\s{0,3}[:：]|[方者]?\\s)\\s{0,5}${OFFICE}`,
  'u',
);
const COPYRIGHT = new RegExp(
  `版\\s{0,2}权\\s{0,2}(?:所\\s{0,2}有|归)?\\s{0,3}[:：©]?\\s{0,5}${OFFICE}`,
  'u',
);
/** A label of the next part of the foot ends a name. */
const NEXT_LABEL =
  /\s?(?:主办|承办|协办|维护|管理|建设|运维|技术支持|版权|地址|联系|电话|邮编|邮箱|网站标识码|备案|ICP|公安|您是|访问|建议|未经|禁止|推荐|浏览).{0,60}$/u;
const PHONE =
  /(?:电\s?话|热\s?线|传\s?真|联系方式|联系我们|联系人|值班室?|Tel)[^\d\n]{0,20}?((?:[(（]?0\d{2,3}[)）]?[-—－\s]{0,2})?\d{3,4}[-\s]?\d{4}(?!\d)|1\d{10}(?!\d)|12345|400-?\d{3,4}-?\d{3,4})/i;
const MAIL = /[\w.+-]{1,64}(?:@|#|（at）|\(at\))[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/i;
const CONTACT_LINK = /联系(?:我们|方式)/;

type FootWords = Pick<FooterView, 'sponsor' | 'copyright' | 'contact'>;

/** Sponsor, owner and contact as the foot prints them; `readings` = visible words of the page, then of what scripts write. */
export function footWords(readings: readonly string[]): FootWords {
  const feet = readings.map((words) => words.slice(-FOOT_MAX));
  const first = (find: (foot: string) => string | undefined): string | undefined =>
    feet.map(find).find((found) => found !== undefined);
  const sponsor = first((foot) => officeIn(SPONSOR, foot));
  const copyright = first((foot) => officeIn(COPYRIGHT, foot));
  const contact = first(contactIn);
  return {
    ...(sponsor === undefined ? {} : { sponsor }),
    ...(copyright === undefined ? {} : { copyright }),
    ...(contact === undefined ? {} : { contact }),
  };
}

function officeIn(pattern: RegExp, foot: string): string | undefined {
  // The foot stands last: an article before it may have sponsors of its own.
  const found = [...foot.matchAll(new RegExp(pattern, 'gu'))].at(-1)?.[1];
  const name = found?.replace(NEXT_LABEL, '').trim();
  return name === undefined || name.length < 2 ? undefined : cutText(name, NAME_MAX);
}

function contactIn(foot: string): string | undefined {
  return PHONE.exec(foot)?.[1]?.trim() ?? MAIL.exec(foot)?.[0] ?? CONTACT_LINK.exec(foot)?.[0];
}
