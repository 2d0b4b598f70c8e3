import { type Sheet, writeXlsx } from '../../documents/workbook.ts';
import { type Instant, shanghaiText } from '../../lib/pure/dates.ts';
import { howToFix } from '../how-to-fix.ts';
import type { InspectionDb } from '../inspection-db.ts';
import type { Round } from '../round.ts';
import { stateWords } from '../round.ts';
import { countSubjects, type SubjectCounts } from '../rounds/count-subjects.ts';
import type { FindingFilter } from './finding-filter.ts';
import { CLASS_WORDS, CONTEST_WORDS, REVIEW_WORDS, STATUS_WORDS } from './finding-words.ts';
import { type FindingItem, listFindingItems } from './list-findings.ts';

/** More than this is no list that a person works through; the first sheet says so when it is cut. */
const ROWS_MAX = 20_000;
/** Findings read at once. */
const SLICE = 1_000;

/** The excerpt of a round for those whom somebody sees: a summary, and one row a finding (.xlsx). */
export async function exportFindings(
  db: InspectionDb,
  round: Round,
  filter: FindingFilter,
  about: { readonly unit: string; readonly at: Instant },
): Promise<Uint8Array> {
  const items: FindingItem[] = [];
  const order = { by: 'unit', descending: false } as const;
  do {
    const page = { limit: SLICE, offset: items.length, order };
    const found = await listFindingItems(db, round, filter, page);
    items.push(...found.items);
    if (found.items.length < SLICE) break;
  } while (items.length < ROWS_MAX);
  const counts = await countSubjects(db, round.id, filter);
  return writeXlsx([summary(round, about, counts, items.length), list(items)]);
}

function summary(
  round: Round,
  { unit, at }: { unit: string; at: Instant },
  counts: SubjectCounts,
  shown: number,
): Sheet {
  const kind = (words: string, { checked, failing, undetermined }: SubjectCounts['site']) => [
    [`检查的${words}`, `${checked} 个`],
    [`有突出问题的${words}`, `${failing} 个`],
    [`无法判定的${words}`, `${undetermined} 个`],
  ];
  return {
    name: '摘要',
    rows: [
      ['项目', '内容'],
      ['单位', unit],
      ['批次', `${round.label}（${round.period}）`],
      [
        '状态',
        `${stateWords(round.state)}${round.state === 'issued' ? '' : '，公布前供核对，不是正式通报'}`,
      ],
      ['采样时间', round.window.join(' 至 ')],
      ['规则集', round.ruleset.title],
      ...kind('网站', counts.site),
      ...kind('政务新媒体', counts.account),
      ['清单条数', shown < ROWS_MAX ? String(shown) : `${shown}（没有全部列出，请缩小范围再导出）`],
      ['导出时间', `${shanghaiText(at)}（东八区）`],
    ],
  };
}

function list(items: readonly FindingItem[]): Sheet {
  return {
    name: '问题清单',
    rows: [
      [
        ...['编号', '通报行', '主办单位', '类别', '名称', '标识', '问题', '判断', '审核', '申辩'],
        ...['性质', '摘录或原因', '怎样改正'],
      ],
      ...items.map((item) => [
        ...[String(item.id), item.subject.printRow, item.subject.unitName],
        ...[item.kind === 'site' ? '网站' : '新媒体', item.subject.name, item.subject.identity],
        ...[item.rule.label, STATUS_WORDS[item.status], REVIEW_WORDS[item.review]],
        item.contested === null ? '' : CONTEST_WORDS[item.contested],
        ...[CLASS_WORDS[item.rule.class], item.excerpt ?? item.reason ?? ''],
        howToFix(item.rule.id),
      ]),
    ],
  };
}
