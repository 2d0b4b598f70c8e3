import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { AnswerOf } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';

type Preferences = AnswerOf<'/api/v1/inbox/preferences'>;

/** Where one gets one's mail, and which kinds of notices come by it. */
export function MailPanel() {
  const { data } = useGet('/api/v1/inbox/preferences', {});
  return (
    <Panel title="邮件">
      {data !== undefined && <MailForm key={JSON.stringify(data)} former={data} />}
    </Panel>
  );
}

function MailForm({ former }: { readonly former: Preferences }) {
  const [email, setEmail] = useState(former.email ?? '');
  const [without, setWithout] = useState<readonly string[]>(former.withoutKinds);
  const keep = useChange({
    change: () =>
      sendChange('put', '/api/v1/inbox/preferences', {
        body: { email: email.trim() === '' ? null : email.trim(), withoutKinds: [...without] },
      }),
    doneWords: '已保存',
    refreshes: ['/api/v1/inbox/preferences'],
    isErrorShownByCaller: true,
  });
  const wanted = former.kinds.map(({ kind }) => kind).filter((kind) => !without.includes(kind));
  return (
    <div className="mail-form">
      <label htmlFor="notice-email">邮箱（不填就不发邮件）</label>
      <Input
        id="notice-email"
        type="email"
        value={email}
        maxLength={200}
        onChange={({ target }) => setEmail(target.value)}
      />
      <fieldset className="notice-kinds">
        <legend>这几类发邮件</legend>
        <Checkbox.Group
          value={wanted}
          options={former.kinds.map(({ kind, name }) => ({ value: kind, label: name }))}
          onChange={(chosen) =>
            setWithout(
              former.kinds.map(({ kind }) => kind).filter((kind) => !chosen.includes(kind)),
            )
          }
        />
      </fieldset>
      <FormProblem error={keep.error} />
      <ReasonedButton
        type="primary"
        whyNot={null}
        loading={keep.isPending}
        onClick={() => keep.mutate()}
      >
        保存
      </ReasonedButton>
    </div>
  );
}
