import { Input } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useCan } from '../../hooks/use-session.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { FindErrorDetail } from '../find-errors/find-error-words.tsx';
import { MESSAGE_REFRESHES } from './message-refreshes.ts';

interface MessageProps {
  readonly message: FindErrorDetail;
}

/** An answered message is put into public view, with everything private covered, or taken out of it. */
export function PublishMessage({ message }: MessageProps) {
  const mayPublish = useCan()('finderror.assign');
  if (!mayPublish || message.state !== 'answered') return null;
  return message.publishedAt === null ? (
    <Publish message={message} />
  ) : (
    <Withdraw message={message} />
  );
}

function Publish({ message: { id, version, forPublic } }: MessageProps) {
  const nameId = useId();
  const [content, setContent] = useState(forPublic.content);
  const [answer, setAnswer] = useState(forPublic.answer);
  const [name, setName] = useState(forPublic.name);
  const publish = useChange({
    change: () =>
      sendChange('post', '/api/v1/find-errors/{id}/publication', {
        params: { path: { id } },
        body: { version, content: content.trim(), answer: answer.trim(), name: name.trim() },
      }),
    doneWords: '已公布',
    refreshes: MESSAGE_REFRESHES,
    isErrorShownByCaller: true,
  });
  const isEmpty = [content, answer, name].some((text) => text.trim() === '');
  return (
    <Panel title="公布">
      <div className="stack">
        <p className="quiet">
          电话、邮箱、身份证号、姓名、住址已先遮住；请逐字看过，该遮的再遮，机关的办公电话可以恢复。
        </p>
        <label htmlFor={nameId}>公布的称呼：</label>
        <Input
          id={nameId}
          value={name}
          maxLength={20}
          onChange={(event) => setName(event.target.value)}
        />
        <WordsField label="公布的留言：" value={content} rows={4} onChange={setContent} />
        <WordsField label="公布的答复：" value={answer} rows={4} onChange={setAnswer} />
        <FormProblem error={publish.error} />
        <ConfirmButton
          type="primary"
          whyNot={isEmpty ? '称呼、留言、答复都要有。' : null}
          question="公布这条留言和答复？"
          consequence="任何人都能看到；以后可以撤下。"
          confirmWords="公布"
          onConfirm={() => publish.mutateAsync()}
        >
          公布
        </ConfirmButton>
      </div>
    </Panel>
  );
}

function Withdraw({ message: { id, version, forPublic, publishedAt } }: MessageProps) {
  const [reason, setReason] = useState('');
  const withdraw = useChange({
    change: () =>
      sendChange('post', '/api/v1/find-errors/{id}/withdrawal', {
        params: { path: { id } },
        body: { version, reason: reason.trim() },
      }),
    doneWords: '已撤下',
    refreshes: MESSAGE_REFRESHES,
    isErrorShownByCaller: true,
  });
  return (
    <Panel title="公布">
      <div className="stack">
        <p>
          <DateText at={publishedAt} /> 公布：
        </p>
        <blockquote className="keep-lines break-all">
          {forPublic.name}：{forPublic.content}
        </blockquote>
        <WordsField label="撤下的理由：" value={reason} rows={2} max={500} onChange={setReason} />
        <FormProblem error={withdraw.error} />
        <ConfirmButton
          danger
          whyNot={reason.trim() === '' ? '请先写明理由。' : null}
          question="撤下这条公布的留言？"
          consequence="别人不再看得到；文字留着，可以再公布。"
          confirmWords="撤下"
          onConfirm={() => withdraw.mutateAsync()}
        >
          撤下
        </ConfirmButton>
      </div>
    </Panel>
  );
}
