import { Link } from '@tanstack/react-router';
import type { SiteSurvey } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { bytesText } from '../../util/bytes.ts';
import { linkClassWords, outcomesWords, wordClassWords } from '../../util/survey-words.ts';
import type { DecidedSite } from './DecideSection.tsx';
import { FailingLinks } from './FailingLinks.tsx';
import { SuspectedWordsList } from './SuspectedWordsList.tsx';

/** What a round saw of all links and words of a site: in short, and the lists page by page. Nothing where it did not look. */
export function SurveyPanel({ id, period }: DecidedSite) {
  const survey = useGet('/api/v1/sites/{id}/rounds/{period}/survey', { path: { id, period } });
  return (
    <Answer of={survey} rows={3}>
      {(data) => (isEmpty(data) ? null : <Survey of={data} site={{ id, period }} />)}
    </Answer>
  );
}

const isEmpty = ({ walk, other, links, words }: SiteSurvey): boolean =>
  walk === null && other === null && links === null && words === null;

function Survey({
  of: { walk, other, links, words },
  site,
}: {
  of: SiteSurvey;
  site: DecidedSite;
}) {
  return (
    <Panel title="链接和文字" aside={<span className="quiet">{asideOf(walk, links)}</span>}>
      <Properties
        of={[
          ...(walk === null ? [] : walkLines(walk)),
          ...(links === null ? [] : linkLines(links)),
          ...(words === null ? [] : wordLines(words)),
        ]}
      />
      {other !== null && (
        <p className="running-words">
          这一批次没有走遍这个网站，最近走遍的是{' '}
          <Link to="/sites/$id" params={{ id: String(site.id) }} search={{ period: other.period }}>
            {other.label}
          </Link>
        </p>
      )}
      {links !== null && links.listed > 0 && <FailingLinks site={site} links={links} />}
      {words !== null && words.listed > 0 && <SuspectedWordsList site={site} words={words} />}
    </Panel>
  );
}

function asideOf(walk: SiteSurvey['walk'], links: SiteSurvey['links']): string {
  if (walk === null && links === null) return '全站普查';
  const what = walk === null ? '抽查一部分网页' : '全站普查';
  return `${what}；疑似的由人确认，进判定的见上面的问题`;
}

type Line = [string, React.ReactNode];
const number = (count: number): string => count.toLocaleString('zh-CN');

function walkLines(walk: NonNullable<SiteSurvey['walk']>): Line[] {
  const skipped = walk.skipped.map(
    ({ reason, count, example }) =>
      `${reason} ${number(count)} 个${example === null ? '' : `，例如 ${example}`}`,
  );
  const left = [...walk.reasons, ...skipped].join('；');
  return [
    ['开始', <DateText key="from" at={walk.startedAt} />],
    ['走完', <DateText key="to" at={walk.endedAt} never="还没有走完，会接着走" />],
    [
      '访问',
      `${outcomesWords(walk.outcomes) || `${number(walk.requests)} 次`}，共 ${bytesText(walk.bytes)}`,
    ],
    ['是否走遍', walk.isComplete ? '走遍了' : '没有走遍，没查到的不说明没有'],
    ...(left === '' ? [] : [['没有去的地址、说明', left] satisfies Line]),
    ...(walk.isPurged ? [['网页', '按保存期限已清理，只留结果'] satisfies Line] : []),
  ];
}

function linkLines(links: NonNullable<SiteSurvey['links']>): Line[] {
  const counts = links.counts.map(
    ({ class: name, home, otherPages }) =>
      `${linkClassWords(name)} ${number(home + otherPages)}${home > 0 ? `（首页 ${number(home)}）` : ''}`,
  );
  return [
    ['链接', counts.length > 0 ? `读了 ${number(links.pages)} 页：${counts.join('，')}` : '没有查'],
    ...(links.reason === null ? [] : [['链接没有查完', links.reason] satisfies Line]),
  ];
}

function wordLines(words: NonNullable<SiteSurvey['words']>): Line[] {
  const counts = words.counts.map(({ class: name, count }) => `${wordClassWords(name)} ${count}`);
  const read = `读了 ${number(words.pagesRead)} 页 ${number(words.charactersRead)} 字`;
  return [
    ['文字', `${read}，${counts.length === 0 ? '没有疑似错误' : `疑似：${counts.join('，')}`}`],
    ['词库', words.lexicons.join('、') || '—'],
    ...(words.reason === null ? [] : [['文字没有查完', words.reason] satisfies Line]),
  ];
}
