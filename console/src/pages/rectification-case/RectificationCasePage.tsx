import { Link, useParams } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import {
  DeadlineText,
  markWords,
  OutcomeTag,
  type RectificationDetail,
  RectificationStateTag,
} from '../rectification/rectification-words.tsx';
import { parameterName } from '../rulesets/parameter-words.ts';
import { CasePast } from './CasePast.tsx';
import { CaseTimeline } from './CaseTimeline.tsx';
import { ChecksPanel } from './ChecksPanel.tsx';
import { LeaderSteps } from './LeaderSteps.tsx';
import { SupervisorSteps } from './SupervisorSteps.tsx';
import { UnitSteps } from './UnitSteps.tsx';
import './rectification-case.css';

/** While the machine looks, the page asks again after so long. */
const LOOKING_MS = 5_000;

/** One case: what was found, until when, what each of the three sides may do now, and everything that happened. */
export function RectificationCasePage() {
  const { id } = useParams({ from: '/inside/rectification/$id' });
  const path = { id: Number(id) };
  const first = useGet('/api/v1/rectification/cases/{id}', { path });
  const isLooking = first.data?.checks.some(({ doneAt }) => doneAt === null) ?? false;
  const given = useGet(
    '/api/v1/rectification/cases/{id}',
    { path },
    { refetchMs: isLooking && LOOKING_MS },
  );
  return (
    <NeedsAbility ability="rectification.read">
      <Answer of={given} pageTitle="整改事项">
        {(data) => <OneCase given={data} />}
      </Answer>
    </NeedsAbility>
  );
}

function OneCase({ given }: { readonly given: RectificationDetail }) {
  return (
    <>
      <PageHeader
        title={`${given.name}：${given.rule.label}`}
        aside={<RectificationStateTag given={given} />}
        back={{ to: '/rectification', words: '整改' }}
        note={`第 ${given.id} 号，${given.unit.name}，${given.period}`}
      />
      <WhatNext given={given} />
      <SupervisorSteps given={given} />
      <LeaderSteps given={given} />
      <UnitSteps given={given} />
      <Panel title="问题和期限">
        <Properties of={[...foundProperties(given), ...timeProperties(given)]} />
      </Panel>
      <ChecksPanel given={given} />
      <CasePast given={given} />
      <CaseTimeline given={given} />
    </>
  );
}

const foundProperties = (given: RectificationDetail) =>
  [
    ['网站或账号', <SubjectLink key="subject" given={given} />],
    ['标识码、账号', given.identity || '—'],
    ['问题', given.rule.label],
    ['依据', given.clause],
    ['证据', <FindingLink key="finding" given={given} />],
    [
      '判定办法',
      `${given.ruleset.id} 第 ${given.ruleset.version} 版${parameterWords(given.parameters)}`,
    ],
    [
      '整改通知',
      <Link key="notice" to="/rectification/notices" search={{ notice: String(given.notice.id) }}>
        {given.notice.number}
      </Link>,
    ],
    ['此前情况', markWords(given).join('，') || '没有'],
  ] as const;

const timeProperties = (given: RectificationDetail) =>
  [
    ['下发', <DateText key="noticed" at={given.noticedOn} as="date" />],
    ['期限', <DeadlineText key="deadline" given={given} />],
    ['签收', <DateText key="acknowledged" at={given.acknowledgedOn} as="date" />],
    [
      '上报',
      <span key="submitted">
        <DateText at={given.submittedOn} as="date" />
        {given.lateDays > 0 && `（迟 ${given.lateDays} 天）`}
      </span>,
    ],
    ['复核', <OutcomeTag key="outcome" outcome={given.outcome} />],
    ['退回重改', `${given.returns} 次`],
    ['同意延期', `${given.extensionsGranted} 次`],
    ['办结', <DateText key="closed" at={given.closedOn} as="date" />],
    ...(given.mended === null ? [] : [['办结结论', given.mended ? '已改正' : '没有改正'] as const]),
  ] as const;

function parameterWords(parameters: RectificationDetail['parameters']): string {
  const words = Object.entries(parameters).map(
    ([name, value]) => `${parameterName(name)} ${value}`,
  );
  return words.length === 0 ? '' : `（${words.join('，')}）`;
}

function SubjectLink({ given }: { readonly given: RectificationDetail }) {
  const params = { id: String(given.subjectId) };
  return given.kind === 'site' ? (
    <Link to="/sites/$id" params={params}>
      {given.name}
    </Link>
  ) : (
    <Link to="/accounts/$id" params={params}>
      {given.name}（{given.place}）
    </Link>
  );
}

function FindingLink({ given }: { readonly given: RectificationDetail }) {
  if (!useCan()('finding.read')) return <span className="quiet">没有查看问题的权限</span>;
  return (
    <Link to="/findings/$id" params={{ id: String(given.findingId) }}>
      查看问题和证据
    </Link>
  );
}

const OWED = '请在期限以前填报整改情况，由本单位负责人（另一个人）审核上报。';
const NEXT: Readonly<Record<RectificationDetail['state'], string>> = {
  noticed: '等单位签收；签收以后查明原因、改正，再填报整改情况。',
  acknowledged: `等单位整改。${OWED}`,
  planned: `等单位按计划整改。${OWED}`,
  answered: '经办人已经填报，等单位负责人审核上报。',
  submitted: '已经上报，系统正在按原指标复核；看完由主管单位确认。',
  rechecked: '系统已经复核，等主管单位确认：办结或退回重改。',
  returned: `主管单位退回重改，退回的原因见“经过”。${OWED}`,
  closed: '已经办结，不再接收反馈。如有新情况，请联系主管单位。',
  merged: '后一期又发现同一问题，并入那一期接着办；请在“此前和以后”里打开。',
};

function WhatNext({ given }: { readonly given: RectificationDetail }) {
  return (
    <p className={`case-next ${given.isOverdue ? 'case-next-late' : ''}`}>
      {given.isOverdue && <strong>已过期限（{given.deadlineOn}）。</strong>}
      {NEXT[given.state]}
    </p>
  );
}
