import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { AccountDetail } from '../../api/types.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { Answer } from '../../ui/Answer.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { GivenAuthorisation } from './GivenAuthorisation.tsx';
import { InviteAccount } from './InviteAccount.tsx';
import {
  type Authorisation,
  SHOWN_BY_AUTHORISATION,
  useAuthorisation,
} from './use-authorisation.ts';

interface AuthorisationPanelProps {
  readonly account: Pick<AccountDetail, 'id' | 'name' | 'platform'>;
}

/** How an account's administrator lets us read it by scanning once: begun here, seen here, taken back here. */
export function AuthorisationPanel({ account }: AuthorisationPanelProps) {
  const authorisation = useAuthorisation(account);
  const [isInviting, setInviting] = useState(false);
  return (
    <Panel
      title="公众号授权"
      aside={
        authorisation.data && (
          <Buttons
            account={account}
            authorisation={authorisation.data}
            onInvite={() => setInviting(true)}
          />
        )
      }
    >
      <Answer of={authorisation} rows={2}>
        {({ obstacle, invitation, authorisation: given }) => (
          <>
            {given === null ? (
              <p className="quiet">
                还没有授权。账号管理员打开授权链接、用微信扫一次码，本平台就能读取这个账号的发布、留言和菜单，
                不必交出 AppSecret，也不会代为发布。
              </p>
            ) : (
              <GivenAuthorisation accountId={account.id} given={given} />
            )}
            {invitation !== null && <OpenLink invitation={invitation} />}
            {obstacle !== null && <p>现在不能生成授权链接：{obstacle}</p>}
          </>
        )}
      </Answer>
      {isInviting && <InviteAccount account={account} onClose={() => setInviting(false)} />}
    </Panel>
  );
}

function OpenLink({
  invitation,
}: {
  readonly invitation: NonNullable<Authorisation['invitation']>;
}) {
  const { madeBy, madeAt, expiresAt, opened } = invitation;
  return (
    <p className="quiet">
      有一个有效的授权链接：{madeBy}于 <DateText at={madeAt} /> 生成，
      <DateText at={expiresAt} /> 前有效，{opened === 0 ? '还没有人打开' : `打开过 ${opened} 次`}
      。链接只在生成时显示一次；丢了就再生成一个，原来的作废。
    </p>
  );
}

interface ButtonsProps extends AuthorisationPanelProps {
  readonly authorisation: Authorisation;
  readonly onInvite: () => void;
}

function Buttons({ account, authorisation, onInvite }: ButtonsProps) {
  const whyNot = useWhyNot()('registry.edit');
  const { obstacle, invitation, authorisation: given } = authorisation;
  const withdraw = useChange({
    change: () =>
      sendChange('delete', '/api/v1/accounts/{id}/wechat-authorisation', {
        params: { path: { id: account.id } },
      }),
    doneWords: '已撤回',
    refreshes: SHOWN_BY_AUTHORISATION,
  });
  const stands = given !== null && given.state !== 'withdrawn';
  return (
    <span className="tag-row">
      <ReasonedButton size="small" whyNot={whyNot ?? obstacle} onClick={onInvite}>
        {stands ? '重新授权…' : '请管理员授权…'}
      </ReasonedButton>
      {(stands || invitation !== null) && (
        <ConfirmButton
          size="small"
          danger
          whyNot={whyNot}
          question={stands ? `撤回“${account.name}”的授权？` : '作废这个授权链接？'}
          consequence={
            stands
              ? '本平台立即删除读取它的令牌，授权链接作废，以后不再读取；看到过的内容留着。要在微信那边也取消，请账号管理员到公众平台“设置与开发—授权管理”里解除。'
              : '链接立即不能用；要授权时再生成一个。'
          }
          confirmWords={stands ? '撤回' : '作废'}
          onConfirm={() => withdraw.mutateAsync()}
        >
          {stands ? '撤回授权' : '作废链接'}
        </ConfirmButton>
      )}
    </span>
  );
}
