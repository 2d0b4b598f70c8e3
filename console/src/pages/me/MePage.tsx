import { Alert } from 'antd';
import type { SessionUser } from '../../api/types.ts';
import { useCan, useUser } from '../../hooks/use-session.ts';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { ABILITY_WORDS, ROLE_WORDS } from '../../util/words.ts';
import { OidcPanel } from './OidcPanel.tsx';
import { OwnSessions } from './OwnSessions.tsx';
import { PasswordPanel } from './PasswordPanel.tsx';
import { SecondFactorPanel } from './SecondFactorPanel.tsx';
import { TokensPanel } from './TokensPanel.tsx';

/** One's own account: who one is, password, second factor, where one is signed in, tokens for machines. */
export function MePage() {
  const user = useUser();
  const can = useCan();
  if (user === null) return null;
  const isBlocked = user.secondFactor === 'required';
  return (
    <>
      <PageHeader title="我的账户" />
      {isBlocked && (
        <Alert
          type="warning"
          showIcon
          className="form-problem"
          title="请先设置第二因素"
          description="您的角色要求密码之外再验证手机动态码；设置完成之前，其他页面不能使用。"
        />
      )}
      {isBlocked && <SecondFactorPanel user={user} />}
      <WhoPanel user={user} />
      <div className="two-columns">
        <PasswordPanel />
        {!isBlocked && <SecondFactorPanel user={user} />}
      </div>
      <OidcPanel />
      <OwnSessions />
      {can('token.own') && <TokensPanel user={user} />}
    </>
  );
}

function WhoPanel({ user }: { readonly user: SessionUser }) {
  return (
    <Panel title="基本情况">
      <Properties
        of={[
          ['用户名', user.login],
          ['姓名', user.name],
          ['单位', user.unit?.name ?? '不属于任何单位'],
          ['角色', user.roles.map((role) => ROLE_WORDS[role]).join('、') || '没有角色'],
          ['能看到', user.scopeIsAll ? '全部单位' : '本单位及下属单位'],
          ['本次登录到', <DateText key="until" at={user.expiresAt} />],
        ]}
      />
      <details className="more">
        <summary>我的权限（{user.abilities.length} 项）</summary>
        <p>{user.abilities.map((ability) => ABILITY_WORDS[ability] ?? ability).join('、')}</p>
      </details>
    </Panel>
  );
}
