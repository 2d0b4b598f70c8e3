import type { SourceKind } from '../domain/account-sources.ts';
import { Secret } from '../lib/pure/secret.ts';
import { SOURCE_NUMBERS } from './headers.ts';
import { type RowPlace, type RowReader, readUrl, type SourceInput } from './register-rows.ts';

/** A row of the sheet 信源. */
export interface SourceRowInput extends SourceInput {
  readonly place: RowPlace;
  readonly platform: string;
  readonly accountId: string;
  readonly name: string;
}

type RegisteredKind = SourceInput['kind'];

const KIND_WORDS: Readonly<Record<string, RegisteredKind | 'none'>> = {
  '': 'none',
  无: 'none',
  none: 'none',
  rss: 'rss',
  atom: 'atom',
  jsonfeed: 'jsonfeed',
  'json feed': 'jsonfeed',
  wechat: 'wechat',
  微信: 'wechat',
  公众号: 'wechat',
  weibo: 'weibo',
  微博: 'weibo',
  douyin: 'douyin',
  抖音: 'douyin',
  article: 'article',
  文章: 'article',
  submission: 'submission',
  报送: 'submission',
};

/** Kinds that have an address of their own when the register gives none. */
const HAS_OWN_ADDRESS: ReadonlySet<SourceKind> = new Set([
  'wechat',
  'weibo',
  'douyin',
  'submission',
]);
const HAS_IDENTITY: ReadonlySet<SourceKind> = new Set(['wechat', 'weibo', 'douyin']);
const IDENTITY_MAX = 200;

/** The sources that a row of 新媒体 names, in its order. */
export function readSourceCells(row: RowReader): SourceInput[] {
  return SOURCE_NUMBERS.flatMap((number) => readSource(row, number));
}

/** A row of the sheet 信源; empty where its kind is none of ours. */
export function readSourceRow(row: RowReader): SourceRowInput[] {
  const [platform, accountId, name] = [
    row.required('platform'),
    row.text('accountId'),
    row.text('name'),
  ];
  if (accountId === '' && name === '') row.complain('accountId', '账号ID和账号名称至少填一个');
  if (row.required('feedKind') === '') return [];
  return readSource(row, '').map((source) => ({
    ...source,
    place: row.place,
    platform,
    accountId,
    name,
  }));
}

function readSource(row: RowReader, number: (typeof SOURCE_NUMBERS)[number]): SourceInput[] {
  const field = (name: string): string => `${name}${number}`;
  const text = row.text(field('feedKind'));
  const kind = KIND_WORDS[text.toLowerCase()];
  if (kind === undefined)
    row.complain(
      field('feedKind'),
      `“${text}”不认识；可写 rss、atom、jsonfeed、wechat、weibo、douyin、article、submission、无`,
    );
  if (kind === undefined || kind === 'none') return [];
  const url = row.text(field('feedUrl'));
  if (url === '' && !HAS_OWN_ADDRESS.has(kind))
    row.complain(field('feedUrl'), '有信源就要有信源地址');
  const identity = row.text(field('appId')).slice(0, IDENTITY_MAX);
  if (kind === 'wechat' && identity === '')
    row.complain(field('appId'), '信源种类是 wechat 时，AppID 和 AppSecret 都要填');
  else if (HAS_IDENTITY.has(kind) && identity === '')
    row.complain(field('appId'), `信源种类是 ${kind} 时，要填账号在平台上的编号（uid、open_id）`);
  const secret = row.optional(field('appSecret'));
  return [
    {
      kind,
      address: kind === 'submission' || url === '' ? '' : readUrl(row, field('feedUrl'), url),
      identity,
      secret: secret === null ? null : new Secret(secret),
    },
  ];
}
