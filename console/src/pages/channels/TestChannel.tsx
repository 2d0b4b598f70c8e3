import { Input } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import type { Channel } from './channel-words.tsx';

/** Sends one message at once, and says what the other side answered. */
export function TestChannel({ channel }: { readonly channel: Channel }) {
  const id = useId();
  const [email, setEmail] = useState('');
  const isMail = channel.kind === 'email';
  const test = useChange({
    change: () =>
      sendChange('post', '/api/v1/notice-channels/{id}/test', {
        params: { path: { id: channel.id } },
        body: { email: isMail ? email.trim() : null },
      }),
    refreshes: ['/api/v1/notice-channels'],
    isErrorShownByCaller: true,
  });
  return (
    <div className="stack">
      {isMail && (
        <>
          <label htmlFor={id}>测试邮件发到：</label>
          <Input
            id={id}
            type="email"
            value={email}
            maxLength={200}
            onChange={({ target }) => setEmail(target.value)}
          />
        </>
      )}
      <FormProblem error={test.error} />
      {test.data && (
        <p role="status">
          <StateTag tone={test.data.ok ? 'good' : 'bad'}>
            {test.data.ok ? '已送到' : '没有送到'}
          </StateTag>{' '}
          {test.data.words}
        </p>
      )}
      <ReasonedButton
        whyNot={isMail && email.trim() === '' ? '请先填收件的邮箱。' : null}
        loading={test.isPending}
        onClick={() => test.mutate()}
      >
        发一条测试消息
      </ReasonedButton>
    </div>
  );
}
