import { evidenceIn } from '../domain/finding.ts';
import type { OpenedFinding, OpenedRow } from './open-row.ts';
import { type RecordView, recordView } from './row-view.ts';

const STATUS_WORDS = {
  met: '不成立',
  breached: '成立',
  notApplicable: '不适用',
  undetermined: '无法判定',
} as const;
const STATE_WORDS = { observed: '看到', absent: '没有', unobserved: '没能看' } as const;
/** Failed visits listed on a terminal; `--json` lists all. */
const VISITS_SHOWN = 10;

/** One finding with its evidence, for a person at a terminal. */
export function showWords(row: OpenedRow, opened: OpenedFinding): string {
  const { subject } = row.subject;
  const { finding, rule } = opened;
  const identity =
    subject.kind === 'site' ? subject.siteCode : `${subject.platform}:${subject.accountId}`;
  return [
    `#${finding.id}\t${subject.printRow}\t${subject.name}\t${identity}`,
    `  指标 ${finding.ruleId} ${rule?.printedLabel ?? ''}（规则集 ${row.round.ruleset.id} ${row.round.ruleset.hash.slice(0, 12)}）`,
    `  判断 ${STATUS_WORDS[finding.judgement.status]}${reasonWords(opened)}`,
    ...evidenceWords(opened),
    ...opened.facts.map(
      (fact) =>
        `  事实 ${fact.key}：${STATE_WORDS[fact.state]}，${fact.gatheredAt}，${fact.gatherer}${fact.state === 'unobserved' ? `，${fact.reason}` : ''}`,
    ),
    ...opened.records.map((record) => recordWords(recordView(record))),
    ...(opened.recordsLeftOut > 0 ? [`  另有 ${opened.recordsLeftOut} 份原件没有列出`] : []),
    ...visitWords(opened),
  ].join('\n');
}

function reasonWords({ finding: { judgement } }: OpenedFinding): string {
  if (judgement.status === 'breached') return ` ${judgement.occurrences} 处`;
  return 'reason' in judgement ? `：${judgement.reason}` : '';
}

function evidenceWords({ finding: { judgement } }: OpenedFinding): string[] {
  return evidenceIn(judgement).map(
    ({ excerpt, locator, snapshot }) =>
      `  证据 ${excerpt}（${locator}${snapshot === null ? '' : `，原件 ${snapshot.slice(0, 12)}`}）`,
  );
}

function recordWords(record: RecordView): string {
  const place = `${record.url ?? ''} ${record.status ?? ''} ${record.fetchedAt ?? ''}`.trim();
  return record.state === 'whole'
    ? `  原件 ${record.sha256} ${place} ${record.bytes} 字节（${record.segment}@${record.offset}）`
    : `  原件 ${record.sha256} ${place} 打不开：${record.why}`;
}

function visitWords({ visits }: OpenedFinding): string[] {
  if (visits.length === 0) return [];
  const failed = visits.filter((visit) => visit.outcome !== 'ok');
  return [
    `  访问 ${visits.length} 次，其中没有打开 ${failed.length} 次`,
    ...failed
      .slice(0, VISITS_SHOWN)
      .map(
        (visit) =>
          `    ${visit.scheduled_at}（实际 ${visit.happened_at}）${visit.outcome} ${visit.error_class ?? visit.status ?? ''}`,
      ),
    ...(failed.length > VISITS_SHOWN
      ? [`    ……另有 ${failed.length - VISITS_SHOWN} 次，见 --json`]
      : []),
  ];
}
