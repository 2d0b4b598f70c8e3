import type { FactKey, FactMap, FactSet } from '../../domain/fact.ts';
import { STANDARD_KINDS, type TreeSection } from '../../domain/facts/structure-facts.ts';
import { shanghaiText } from '../../lib/pure/dates.ts';
import type { LookedRule, SiteLook } from './inspect-site.ts';

/** The value of a fact, or null when it is absent or was not seen (then `facts` says which). */
function seenValue<K extends FactKey>(facts: FactSet, key: K): FactMap[K] | null {
  const fact = facts[key] as FactSet[FactKey];
  return fact?.state === 'observed' ? (fact.value as FactMap[K]) : null;
}

const LEFT_OUT: ReadonlySet<string> = new Set(['round.monitoredAt', 'subject.register']);

/** The report of one look as data: what `xunjian site inspect --json` prints. */
export function siteReport(look: SiteLook) {
  const { facts } = look;
  const home = seenValue(facts, 'site.home');
  const channels = seenValue(facts, 'site.channels');
  const services = seenValue(facts, 'site.services');
  return {
    url: look.homeUrl,
    at: look.monitoredAt,
    title: home?.title ?? null,
    home,
    sections: (seenValue(facts, 'site.tree')?.sections ?? []).map(sectionRow),
    footer: seenValue(facts, 'site.footer'),
    tags: seenValue(facts, 'site.tags') ?? {},
    channels: channels?.channels ?? [],
    messages: channels?.messages ?? [],
    services: services?.entries ?? [],
    guides: services?.guides ?? [],
    oddities: seenValue(facts, 'site.sectionOddities') ?? [],
    leaders: seenValue(facts, 'site.leaders'),
    policyLinks: seenValue(facts, 'site.policyLinks'),
    search: seenValue(facts, 'site.search'),
    guideForms: seenValue(facts, 'site.guideForms'),
    statistics: seenValue(facts, 'site.statistics'),
    surveys: seenValue(facts, 'site.surveys'),
    boards: seenValue(facts, 'site.boards'),
    domain: seenValue(facts, 'site.domain'),
    marks: seenValue(facts, 'site.marks'),
    pageTags: seenValue(facts, 'site.pageTags'),
    transport: seenValue(facts, 'site.transport'),
    ipv6: seenValue(facts, 'site.ipv6'),
    ads: seenValue(facts, 'site.ads'),
    reprint: seenValue(facts, 'site.reprint'),
    leavingNotice: seenValue(facts, 'site.leavingNotice'),
    /** Pages that needed a browser. */
    rendered: seenValue(facts, 'site.rendered')?.pages ?? [],
    facts: Object.fromEntries(
      Object.entries(facts)
        .filter(([key]) => !LEFT_OUT.has(key))
        .map(([key, fact]) => [
          key,
          fact.state === 'unobserved'
            ? { state: fact.state, reason: fact.reason }
            : { state: fact.state },
        ]),
    ),
    findings: look.findings.map(findingRow),
    score: look.score,
    notices: look.notices.map(({ ruleId: rule, ...notice }) => ({ rule, ...notice })),
    pages: look.pages,
    bytes: look.bytes,
    hitLimits: look.hitLimits,
  };
}

export type SiteReport = ReturnType<typeof siteReport>;

function sectionRow(section: TreeSection) {
  const { name, url, parent, level, kind, confidence, sources, content, itemCount } = section;
  const date = section.newest?.date ?? null;
  return {
    ...{ name, url, parent, level, kind, kindName: STANDARD_KINDS[kind], confidence, sources },
    content,
    /** As `xunjian page` prints it. */
    latestDate: date,
    latestOn: date && !date.yearUnknown ? date.value : null,
    latestTitle: section.newest?.title ?? null,
    /** Null: it was not seen whether it is. */
    blank: content === 'blank' ? true : isUnseen(section) ? null : false,
    gone: section.gone === true,
    gathers: section.gathers === true,
    itemCount,
    reason: section.reason ?? null,
  };
}

const isUnseen = ({ content }: TreeSection): boolean =>
  content === 'unobserved' || content === 'script';

function findingRow({ rule, judgement }: LookedRule) {
  const about = {
    ...{ rule: rule.id, name: rule.shortName, label: rule.printedLabel },
    /** False: off in the ruleset (待核), so that it counts for nothing. */
    counts: rule.enabled,
  };
  switch (judgement.status) {
    case 'breached':
      return {
        ...{ ...about, status: judgement.status, occurrences: judgement.occurrences },
        reason: judgement.note ?? null,
        evidence: judgement.evidence.map(({ locator, excerpt }) => ({ locator, excerpt })),
      };
    case 'met':
      return { ...about, status: judgement.status, reason: judgement.note ?? null };
    default:
      return { ...about, status: judgement.status, reason: judgement.reason };
  }
}

const STATUS_WORDS = {
  met: '符合',
  breached: '成立',
  notApplicable: '不适用',
  undetermined: '无法判定',
} as const;
const ROWS_SHOWN = 200;

/** The same for a person. */
export function siteReportText(report: SiteReport): string {
  const { footer, search } = report;
  return [
    `${report.title ?? '（首页没有读到）'}　${report.url}　监测时间点 ${shanghaiText(report.at)}`,
    `读取 ${report.pages} 个页面${report.hitLimits.length > 0 ? `（${report.hitLimits.join('；')}）` : ''}`,
    `网站标识码：${footer?.siteCode ?? '没有'}　备案：${footer?.icp ?? '没有'}　公安备案：${footer?.policeRecord ?? '没有'}`,
    '',
    `栏目 ${report.sections.length} 个：`,
    ...report.sections.slice(0, ROWS_SHOWN).map(sectionLine),
    '',
    `咨询建言渠道 ${report.channels.length} 个，公开留言 ${report.messages.length} 条，办事指南 ${report.guides.length} 份`,
    `站内搜索：${search === null ? unseenWords(report, 'site.search') : SEARCH_WORDS[search.outcome]}${search?.reason ? `（${search.reason}）` : ''}`,
    `领导信息：${report.leaders === null ? unseenWords(report, 'site.leaders') : `${report.leaders.people.length} 人`}`,
    `政策与解读关联：${report.policyLinks === null ? unseenWords(report, 'site.policyLinks') : `${report.policyLinks.pairs.length} 对`}`,
    '',
    `栏目设置 ${report.oddities.length} 处：`,
    ...report.oddities.slice(0, ROWS_SHOWN).map(({ name, reason }) => `  ${name}：${reason}`),
    '',
    ...(report.score === null
      ? []
      : [
          `按门户网站计分：${report.score.words}`,
          ...report.score.notes.map((note) => `  ${note}`),
        ]),
    '判断：',
    ...report.findings.map(
      (finding) =>
        `  ${STATUS_WORDS[finding.status]}　${finding.name}：${finding.label}${finding.counts ? '' : '［待核，不计］'}${finding.reason ? `（${finding.reason}）` : ''}`,
    ),
    '',
    '规范提示（不进判定）：',
    ...report.notices.map(noticeLine),
  ].join('\n');
}

function noticeLine({ status, title, label, reason, evidence }: SiteReport['notices'][number]) {
  const words = status === 'breached' ? title : label;
  const why = evidence[0]?.excerpt ?? reason;
  return `  ${STATUS_WORDS[status]}　${words}${why ? `（${why}）` : ''}`;
}

const SEARCH_WORDS = {
  hit: '能搜到本站稿件',
  miss: '搜不到本站稿件',
  failed: '打不开',
  untested: '没有试成',
} as const;

function unseenWords(report: SiteReport, key: FactKey): string {
  const fact = report.facts[key];
  if (fact === undefined || fact.state === 'absent') return '没有';
  return 'reason' in fact ? `没能看（${fact.reason}）` : '没有';
}

function sectionLine(section: SiteReport['sections'][number]): string {
  const state = section.blank
    ? '空白'
    : section.gone
      ? '打不开'
      : (section.latestOn ?? (section.content === 'listed' ? '无日期' : (section.reason ?? '')));
  const indent = '  '.repeat(Math.max(1, section.level));
  return `${indent}${section.name}　${section.kindName}（${section.confidence}）　${state}`;
}
