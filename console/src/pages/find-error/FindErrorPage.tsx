import { Link, useParams } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import {
  DueText,
  type FindErrorDetail,
  FindErrorStateTag,
  ORIGIN_WORDS,
  titleOf,
} from '../find-errors/find-error-words.tsx';
import { AnswerMessage } from './AnswerMessage.tsx';
import { AssignMessage } from './AssignMessage.tsx';
import { PublishMessage } from './PublishMessage.tsx';

/** One message: what it says, whose it is, until when; what one may do with it, and its history. */
export function FindErrorPage() {
  const { id } = useParams({ from: '/inside/find-errors/$id' });
  const message = useGet('/api/v1/find-errors/{id}', { path: { id: Number(id) } });
  return (
    <NeedsAbility ability="finderror.read">
      <Answer of={message} pageTitle="找错留言">
        {(data) => <OneMessage message={data} />}
      </Answer>
    </NeedsAbility>
  );
}

function OneMessage({ message }: { readonly message: FindErrorDetail }) {
  return (
    <>
      <PageHeader
        title={titleOf(message)}
        aside={<FindErrorStateTag message={message} />}
        back={{ to: '/find-errors', words: '找错留言' }}
        note={`第 ${message.id} 号，${ORIGIN_WORDS[message.origin]}`}
      />
      <Panel title="留言">
        <p className="keep-lines break-all">{message.content}</p>
      </Panel>
      <AssignMessage message={message} />
      <AnswerMessage message={message} />
      {message.answer !== null && (
        <Panel title="答复">
          <p>{message.isTrue ? '属实' : '不属实'}</p>
          <p className="keep-lines break-all">{message.answer}</p>
        </Panel>
      )}
      <PublishMessage message={message} />
      <Panel title="情况">
        <Properties of={propertiesOf(message)} />
      </Panel>
      <Trail steps={message.steps} />
    </>
  );
}

const propertiesOf = (message: FindErrorDetail) =>
  [
    ['网站', <SiteLink key="site" message={message} />],
    ['问题网址', message.pageUrl ? <OutsideLink key="url" url={message.pageUrl} /> : '没有写'],
    ['问题类型', message.problemType || '没有写'],
    ['编号', message.number ?? '—'],
    ['留言时间', <DateText key="left" at={message.leftAt} />],
    ['收到', <DateText key="received" at={message.receivedAt} />],
    ['交办期限', <DateText key="handOn" at={message.handOnBy} as="date" />],
    ['承办单位', message.unitName ?? '还没有交办'],
    ['答复期限', <DueText key="due" message={message} />],
    ['答复', <DateText key="answered" at={message.answeredOn} as="date" />],
    ...(message.origin === 'form'
      ? [
          ['留言人', message.reporterName || clearedWords(message) || '没有留名'] as const,
          ['联系方式', message.reporterContact || clearedWords(message) || '没有留'] as const,
        ]
      : []),
  ] as const;

const clearedWords = ({ reporterClearedOn }: FindErrorDetail): string =>
  reporterClearedOn === null ? '' : `已按保存期限清除（${reporterClearedOn}）`;

function SiteLink({ message: { siteId, siteName } }: { readonly message: FindErrorDetail }) {
  if (siteId === null) return <>{siteName || '没有写明'}（名录里没有）</>;
  return (
    <Link to="/sites/$id" params={{ id: String(siteId) }}>
      {siteName}
    </Link>
  );
}

const STEP_WORDS: Readonly<Record<string, string>> = {
  receive: '收到',
  assign: '交办',
  accept: '受理',
  extend: '延期',
  answer: '答复',
  publish: '公布',
  withdraw: '撤下公布',
};

function Trail({ steps }: Pick<FindErrorDetail, 'steps'>) {
  return (
    <Panel title="经过">
      <ol className="case-trail">
        {steps.map(({ step, byName, at, note }) => (
          <li key={`${at} ${step}`}>
            <strong>{byName}</strong> {STEP_WORDS[step] ?? step} <DateText at={at} />
            {note && <p className="keep-lines">{note}</p>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
