import type { StandardKind } from '../../domain/facts/structure-facts.ts';
import type { KindVote } from './kind-vote.ts';

/**
 * First letters of section names as publishing systems write them into addresses (`/zwgk/tzgg/`). Only those that mean one thing:
 * `ldxx` is both 领导信息 and 领导信箱, so it is not here.
 */
const WORDS: Readonly<Partial<Record<StandardKind, string>>> = {
  news: 'xwdt xwzx xw gzdt dtyw zwyw bmdt zwdt jrdt ywdt sxyw yw tpxw szyw news zwxw xwfb yaowen dongtai',
  notice: 'tzgg gggs gsgg tzgs gggg tz gg ggtz gonggao tongzhi notice',
  policy: 'zcwj zcfg gfxwj zfwj fgwj flfg xzgfxwj bmwj szfwj wjk zhengcewenjian policy fggw zcfb',
  interpretation: 'zcjd jd zcjdhy jiedu tjtd bmjd zjjd wzjd',
  functions: 'jgzn zzjg jgsz nsjg zzjj jgznsz nsjgsz zncx zyzz xsdw zsdw jigouzhineng',
  leaders: 'ldzc ldjj ldfg ldbz ldjs ldtd fldjj leader leaders lingdao szfld ldjl',
  overview: 'gk gaikuang sqgk xqgk qqgk bmgk jggk zjgk lsyg xzqh zjwm about',
  service: 'bsfw bszn wsbs zwfw bmfw bsdt wsbsdt zxbs fwdt banshi bsznx service services',
  consultation:
    'zxts zxzx zxly ldxxiang xjxx jzxx szxx xzxx qzxx zxxx liuyan zixun xinxiang wlwz wzxd ywwd cjwt hdwd message consult mailbox guestbook',
  survey: 'zjdc yjzj dczj wsdc myzj wjdc zxdc zqyj zhengji diaocha survey zjyj',
  interview: 'zxft ftzb fangtan zxzb interview wsft ftyg',
  interaction: 'hdjl zmhd hudong gzcy zmjl hdpt interaction',
  disclosure:
    'xxgk zwgk zfxxgk gkzn gkml gknb xxgknb ysqgk zfxxgknb xxgkzn xxgkml fdzdgknr zdlyxxgk czyjs zdly',
  data: 'sjfb tjsj tjgb tjxx sjkf tjfx tjnj jjyx shuju tjyb data',
  topic: 'ztzl ztbd rdzt zt zhuanti zthd',
};

const KIND_OF_WORD: ReadonlyMap<string, StandardKind> = new Map(
  Object.entries(WORDS).flatMap(([kind, words]) =>
    words.split(' ').map((word) => [word, kind as StandardKind] as const),
  ),
);

/** A telling last folder is worth this much; the folders above tell what a section stands under, not what it is. */
const WEIGHT = 55;

/** What the last folder (or file name) of a section's address says of its kind; null when it says nothing. */
export function urlKind(url: string): KindVote | null {
  const parts = new URL(url).pathname
    .toLowerCase()
    .replace(/(index|list|default|more)?(_\d+)?(\.\w{2,6})?$/u, '')
    .split('/')
    .filter((part) => part !== '');
  const word = parts.at(-1)?.replace(/[-_]?\d{1,3}$/u, '') ?? '';
  const kind = KIND_OF_WORD.get(word);
  return kind === undefined ? null : { kind, weight: WEIGHT, from: 'url' };
}
