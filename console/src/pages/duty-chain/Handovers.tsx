import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useCan } from '../../hooks/use-session.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';
import { DUTY_REFRESHES, type DutyChain, type Handover } from './duty-words.tsx';

/** Hand-overs: the open ones with what one may do about them, the others as history. */
export function Handovers({ chain }: { readonly chain: DutyChain }) {
  const open = chain.handovers.filter(({ state }) => state === 'given');
  const closed = chain.handovers.filter(({ state }) => state !== 'given');
  return (
    <>
      {open.map((each) => (
        <OpenHandover key={each.id} handover={each} />
      ))}
      {closed.length > 0 && (
        <details className="more">
          <summary>办完的交接（{closed.length}）</summary>
          <ul>
            {closed.map((each) => (
              <li key={each.id}>
                <Words handover={each} />
                <p className="quiet">
                  {each.decidedBy} {STATE_WORDS[each.state]} <DateText at={each.decidedAt} />
                  {each.decisionNote && `：${each.decisionNote}`}
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const STATE_WORDS: Readonly<Record<Handover['state'], string>> = {
  given: '等待接收',
  taken: '已接收',
  declined: '退回',
  takenBack: '撤回',
};
const TONES: Readonly<Record<Handover['state'], Tone>> = {
  ...{ given: 'waiting', taken: 'good', declined: 'warn', takenBack: 'plain' },
};

function Words({ handover }: { readonly handover: Handover }) {
  const { title, fromName, toName, toOffice, takesOn, state, isLate, items } = handover;
  return (
    <>
      <span className="tag-row">
        <strong>
          {title}：{fromName} 交 {toName}
          {toOffice && `（${toOffice}）`}
        </strong>
        <StateTag tone={isLate ? 'bad' : TONES[state]}>
          {isLate ? '逾期没有接收' : STATE_WORDS[state]}
        </StateTag>
      </span>
      <p className="quiet">
        {takesOn} 起接手；{handover.givenBy}发起
        {handover.note && `；${handover.note}`}
      </p>
      <ol>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ol>
    </>
  );
}

function OpenHandover({ handover }: { readonly handover: Handover }) {
  const mayEdit = useCan()('duty.edit');
  const [note, setNote] = useState('');
  const { id, isOwn, dueOn, toName, title } = handover;
  const decide = useChange({
    change: (outcome: 'taken' | 'declined' | 'takenBack') =>
      sendChange('post', '/api/v1/duty/handovers/{id}/decision', {
        params: { path: { id } },
        body: { outcome, note: note.trim() },
      }),
    doneWords: '已办',
    refreshes: DUTY_REFRESHES,
    isErrorShownByCaller: true,
  });
  return (
    <section className="stack duty-form" aria-label={`${title}交接`}>
      <Words handover={handover} />
      <p>应在 {dueOn} 前由接手的人确认接收。</p>
      {mayEdit && !isOwn && (
        <WordsField
          label="说明（退回要写原因）："
          value={note}
          rows={2}
          max={500}
          onChange={setNote}
        />
      )}
      <FormProblem error={decide.error} />
      {mayEdit && (
        <span className="tag-row">
          {isOwn ? (
            <ConfirmButton
              question="撤回这次交接？"
              consequence="现在的人仍是责任人员；可以重新发起。"
              onConfirm={() => decide.mutateAsync('takenBack')}
            >
              撤回交接
            </ConfirmButton>
          ) : (
            <>
              <ConfirmButton
                type="primary"
                question="确认接收这次交接？"
                consequence={`清单上的各项都已交清；从接手那天起由${toName}负责。`}
                confirmWords="接收"
                onConfirm={() => decide.mutateAsync('taken')}
              >
                确认接收
              </ConfirmButton>
              <ConfirmButton
                whyNot={note.trim() === '' ? '请先写明退回的原因。' : null}
                question="退回这次交接？"
                onConfirm={() => decide.mutateAsync('declined')}
              >
                退回
              </ConfirmButton>
            </>
          )}
        </span>
      )}
    </section>
  );
}
