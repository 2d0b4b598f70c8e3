import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { todayOn } from '../../util/dates.ts';
import { ItemAnswer, type Said } from './ItemAnswer.tsx';
import {
  ANSWER_WORDS,
  type Duty,
  DutyStateTag,
  monthWords,
  type Subject,
} from './upkeep-words.tsx';

const NOTE_MAX = 500;
const UNCHANGED: Said = { answer: 'unchanged', note: '' };
const keyOf = ({ kind, subjectId }: Pick<Subject, 'kind' | 'subjectId'>): string =>
  `${kind}:${subjectId}`;

/** One unit's duty of one month: what is to be looked at, and the one form that confirms it. */
export function DutyPanel({ id }: { readonly id: number }) {
  const duty = useGet('/api/v1/upkeep/duties/{id}', { path: { id } });
  return (
    <Answer of={duty} rows={4}>
      {(data) => (
        <Panel
          title={`${data.unit.name}：${monthWords(data.month)}维护确认`}
          aside={
            <span className="tag-row">
              <DutyStateTag duty={data} />
              <span className="quiet">
                期限 <DateText at={data.dueOn} as="date" />
              </span>
            </span>
          }
        >
          {data.state === 'open' ? <ConfirmForm duty={data} /> : <Confirmed duty={data} />}
        </Panel>
      )}
    </Answer>
  );
}

function Confirmed({ duty }: { readonly duty: Duty }) {
  return (
    <>
      {duty.confirmedBy && (
        <p>
          {duty.confirmedBy} 于 <DateText at={duty.confirmedAt} /> 确认。
        </p>
      )}
      {duty.note && <p className="keep-lines">{duty.note}</p>}
      <ul className="upkeep-items">
        {duty.items.map((item) => (
          <li key={keyOf(item)}>
            <SubjectName item={item} />
            <span>{item.answer === null ? '—' : ANSWER_WORDS[item.answer]}</span>
            {item.caseId !== null && (
              <Link to="/account-cases/$id" params={{ id: String(item.caseId) }}>
                第 {item.caseId} 号事项
              </Link>
            )}
            {item.note && <span>{item.note}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

function ConfirmForm({ duty }: { readonly duty: Duty }) {
  const noteId = useId();
  const [said, setSaid] = useState<Readonly<Record<string, Said>>>({});
  const [note, setNote] = useState('');
  const whyNot = useWhyNot()('upkeep.confirm');
  const live = duty.items.filter(({ isLive }) => isLive);
  const left = live.filter((item) => said[keyOf(item)] === undefined).length;
  const confirm = useChange({
    change: () =>
      sendChange('post', '/api/v1/upkeep/duties/{id}/confirmation', {
        params: { path: { id: duty.id } },
        body: {
          seen: duty.seen,
          items: live.map((item) => ({
            ...{ kind: item.kind, subjectId: item.subjectId },
            ...(said[keyOf(item)] ?? UNCHANGED),
          })),
          note: note.trim(),
        },
      }),
    doneWords: '已确认',
    refreshes: [
      ...(['/api/v1/upkeep/duties/{id}', '/api/v1/upkeep/duties'] as const),
      ...(['/api/v1/upkeep/summary', '/api/v1/account-cases/waiting'] as const),
    ],
    isErrorShownByCaller: true,
  });
  return (
    <div className="upkeep-form">
      <p className="quiet">
        逐项核对名录里的内容；需要更正的账号点“更正”办理变更，提交以后选“已提交更正”。
      </p>
      <button
        type="button"
        className="link-button"
        onClick={() => setSaid(Object.fromEntries(live.map((item) => [keyOf(item), UNCHANGED])))}
      >
        全部没有变化
      </button>
      <ul className="upkeep-items">
        {duty.items.map((item) => (
          <li key={keyOf(item)}>
            <SubjectName item={item} />
            <SuspendedNote item={item} />
            {item.isLive ? (
              <ItemAnswer
                item={item}
                duty={duty}
                said={said[keyOf(item)]}
                onSay={(answer) => setSaid({ ...said, [keyOf(item)]: answer })}
              />
            ) : (
              <span className="quiet">已关停或已转给别的单位，不用核对</span>
            )}
          </li>
        ))}
      </ul>
      <label htmlFor={noteId}>备注（可以不写）：</label>
      <Input
        id={noteId}
        maxLength={NOTE_MAX}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <FormProblem error={confirm.error} />
      <ReasonedButton
        type="primary"
        whyNot={whyNot ?? (left > 0 ? `还有 ${left} 项没有核对。` : null)}
        loading={confirm.isPending}
        onClick={() => confirm.mutate()}
      >
        确认本月维护
      </ReasonedButton>
    </div>
  );
}

/** A pause that is over is to be ended, or asked for again. */
function SuspendedNote({ item: { suspendedUntil } }: { readonly item: Subject }) {
  if (suspendedUntil === null) return null;
  return suspendedUntil < todayOn(new Date()) ? (
    <StateTag tone="warn">暂停已于 {suspendedUntil} 到期，请办恢复</StateTag>
  ) : (
    <StateTag tone="plain">暂停到 {suspendedUntil}</StateTag>
  );
}

/** Who answers for an account, to be looked at as well; what the register does not say is said. */
function Further({ values }: { readonly values: NonNullable<Subject['values']> }) {
  const { responsible, contact, phone, functions } = values;
  const told = [
    ['功能', functions],
    ['责任人', responsible],
    ['联系人', contact],
    ['电话', phone],
  ] as const;
  return (
    <span className="quiet">
      {told.map(([name, value]) => `${name}：${value ?? '没有登记'}`).join('　')}
    </span>
  );
}

function SubjectName({ item: { kind, subjectId, name, values } }: { readonly item: Subject }) {
  const id = String(subjectId);
  const shown = values?.name ?? name;
  return (
    <span className="upkeep-name">
      {kind === 'site' ? (
        <Link to="/sites/$id" params={{ id }}>
          {shown}
        </Link>
      ) : (
        <Link to="/accounts/$id" params={{ id }}>
          {shown}
        </Link>
      )}
      <span className="quiet">
        {values && `${values.place} ${values.identity}`}
        {shown !== name && `（本月初叫“${name}”）`}
      </span>
      {kind === 'account' && values && <Further values={values} />}
    </span>
  );
}
