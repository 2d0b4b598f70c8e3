import { Button } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import type { Correction } from './bulletin-types.ts';
import { CORRECTION_REFRESHES, DraftCorrection } from './DraftCorrection.tsx';

/** Corrections of an issued bulletin: drafted, signed by two, then out. The bulletin itself stays as it was signed. */
export function CorrectionPanel({ period }: { readonly period: string }) {
  const answer = useGet('/api/v1/bulletins/{period}/corrections', { path: { period } });
  const [isOpen, setOpen] = useState(false);
  return (
    <Answer of={answer} rows={2}>
      {({ items, mayDraft }) =>
        items.length === 0 && mayDraft !== null ? null : (
          <Panel title="更正通知">
            <ul className="corrections" aria-label="更正通知">
              {items.map((each) => (
                <li key={each.id}>
                  <OneCorrection period={period} correction={each} />
                </li>
              ))}
            </ul>
            <ReasonedButton whyNot={mayDraft} onClick={() => setOpen(true)}>
              起草更正通知…
            </ReasonedButton>
            {isOpen && <DraftCorrection period={period} onClose={() => setOpen(false)} />}
          </Panel>
        )
      }
    </Answer>
  );
}

interface OneCorrectionProps {
  readonly period: string;
  readonly correction: Correction;
}

function OneCorrection({ period, correction }: OneCorrectionProps) {
  const { id, documentNumber, issuedOn, wrong, correct, reason, signatures } = correction;
  const isDraft = correction.issuedAt === null && correction.withdrawnAt === null;
  return (
    <>
      <p>
        <CorrectionState correction={correction} /> {documentNumber}{' '}
        <DateText at={issuedOn} as="date" />
      </p>
      <p className="correction-words">
        <del>{wrong}</del>
        {correct === '' ? '（删去）' : <ins>{correct}</ins>}
      </p>
      <p className="quiet">
        {reason}。{correction.draftedBy} 起草
        {signatures.length > 0 && `，${signatures.map(({ by }) => by).join('、')} 签`}
      </p>
      {isDraft && <DraftActions period={period} correction={correction} />}
      {correction.withdrawnAt === null && (
        <div className="button-row">
          {(['correction.docx', 'correction.html'] as const).map((name) => (
            <Button
              key={name}
              type="link"
              size="small"
              href={`/api/v1/bulletins/${encodeURIComponent(period)}/corrections/${id}/files/${name}`}
              download
            >
              {name === 'correction.docx' ? 'Word（.docx）' : '网页（.html）'}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

function CorrectionState({ correction }: { readonly correction: Correction }) {
  if (correction.issuedAt !== null) return <StateTag tone="good">已签发</StateTag>;
  if (correction.withdrawnAt !== null) return <StateTag tone="plain">已撤下</StateTag>;
  return (
    <StateTag tone="waiting">{correction.signatures.length === 0 ? '草稿' : '等第二人签'}</StateTag>
  );
}

function DraftActions({ period, correction }: OneCorrectionProps) {
  const { id, sha256, paragraphs, signatures, maySign, mayWithdraw } = correction;
  const path = { path: { period, id } };
  const sign = useChange({
    change: () =>
      sendChange('post', '/api/v1/bulletins/{period}/corrections/{id}/signatures', {
        params: path,
        body: { sha256 },
      }),
    doneWords: ({ issuedAt }) => (issuedAt === null ? '已签名' : '更正通知已签发'),
    refreshes: CORRECTION_REFRESHES,
  });
  const withdraw = useChange({
    change: () =>
      sendChange('delete', '/api/v1/bulletins/{period}/corrections/{id}', { params: path }),
    doneWords: '草稿已撤下',
    refreshes: CORRECTION_REFRESHES,
  });
  const isSecond = signatures.length === 1;
  return (
    <>
      <div className="button-row">
        <ConfirmButton
          size="small"
          type="primary"
          whyNot={maySign}
          question={isSecond ? '签发这份更正通知？' : '签第一个名？'}
          consequence={
            <>
              {paragraphs.map((text) => (
                <p key={text}>{text}</p>
              ))}
              <p>
                {isSecond
                  ? '您是第二人：签后正式签发，不能撤回。'
                  : '还要另一个人签第二个名才算签发。'}
              </p>
            </>
          }
          confirmWords="签名"
          onConfirm={() => sign.mutateAsync()}
        >
          {isSecond ? '签发更正' : '签更正'}
        </ConfirmButton>
        <ConfirmButton
          size="small"
          whyNot={mayWithdraw}
          question="撤下这份草稿？"
          consequence="记录留着；要更正时另起草一份。"
          onConfirm={() => withdraw.mutateAsync()}
        >
          撤下
        </ConfirmButton>
      </div>
      {maySign !== null && <p className="sign-why">{maySign}</p>}
    </>
  );
}
