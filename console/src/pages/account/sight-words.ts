import type { SightItem } from '../../api/types.ts';
import { instantText } from '../../util/dates.ts';

/** What a sight says, line by line; what nobody looked at is left out. */
export function sightLines(seen: SightItem): readonly (readonly [label: string, words: string])[] {
  const lines: readonly (readonly [string, string | null])[] = [
    ['最新一条', dayWords(seen.newestOn, '一条也没有')],
    ['原创', dayWords(seen.originalOn, '没有')],
    ['互动方式', seen.ways && (seen.ways.length === 0 ? '一种也没有' : seen.ways.join('、'))],
    ['账号', claimWords(seen.isThere, '在', '平台上没有这个账号')],
    ['打开使用', claimWords(seen.opens, '能', '不能')],
    ['名称', seen.name],
    ['认证主体', seen.operator],
    ['平台认证', claimWords(seen.certified, '已认证', '没有认证')],
    ['粉丝', seen.followers === null ? null : seen.followers.toLocaleString('zh-CN')],
    ['商业广告', seen.ads === '' ? '没有' : seen.ads],
    ['备注', seen.note],
  ];
  return lines.filter((line): line is [string, string] => line[1] !== null);
}

const dayWords = (day: string | null, none: string): string | null => (day === 'none' ? none : day);
const claimWords = (claim: boolean | null, yes: string, no: string): string | null =>
  claim === null ? null : claim ? yes : no;

/** Where the test question stands, in words; null without one. */
export function clockWords({ testedAt, repliedAt, clock }: SightItem): string | null {
  if (testedAt === null || clock === null) return null;
  const sent = `${instantText(testedAt)} 发出`;
  const due = clock.dueOn === null ? '节假日安排未公布，算不出期限' : `应在 ${clock.dueOn} 前回复`;
  if (repliedAt !== null)
    return `${sent}，${instantText(repliedAt)} 回复${clock.state === 'answeredLate' ? '（超过期限）' : ''}`;
  if (clock.state === 'overdue') return `${sent}，${due}，已超期`;
  const left = clock.dueOn === null ? '' : `，还有 ${clock.workdaysLeft} 个工作日`;
  return `${sent}，${due}${left}`;
}
