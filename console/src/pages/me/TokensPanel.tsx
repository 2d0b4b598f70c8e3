import { Button } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { SessionUser } from '../../api/types.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ABILITY_WORDS } from '../../util/words.ts';
import { NewToken } from './NewToken.tsx';

/** Tokens with which machines act in one's name, within chosen abilities. */
export function TokensPanel({ user }: { readonly user: SessionUser }) {
  const [isMaking, setMaking] = useState(false);
  const tokens = useGet('/api/v1/tokens', {});
  const revoke = useChange<number>({
    change: (id) => sendChange('delete', '/api/v1/tokens/{id}', { params: { path: { id } } }),
    doneWords: '令牌已作废',
    refreshes: ['/api/v1/tokens'],
  });
  return (
    <Panel
      title="接口令牌"
      aside={
        <Button size="small" onClick={() => setMaking(true)}>
          新建令牌
        </Button>
      }
    >
      <NewToken user={user} isOpen={isMaking} onClose={() => setMaking(false)} />
      <Answer of={tokens} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="没有令牌">
              其他系统取数时使用；令牌的权限不会超过您自己的。
            </EmptyState>
          ) : (
            <ul className="plain-list">
              {items.map((token) => (
                <li key={token.id}>
                  <div>
                    <strong>{token.name}</strong>
                    <p className="quiet">
                      {token.abilities.map((each) => ABILITY_WORDS[each] ?? each).join('、')}
                    </p>
                    <p className="quiet">
                      有效期至 <DateText at={token.expiresOn} as="date" never="不限" />
                      ，最近使用 <DateText at={token.lastUsedAt} as="ago" never="从未" />
                    </p>
                  </div>
                  <ConfirmButton
                    size="small"
                    danger
                    question={`作废令牌“${token.name}”？`}
                    consequence="使用它的系统会立即失去访问权，不能恢复。"
                    onConfirm={() => revoke.mutateAsync(token.id)}
                  >
                    作废
                  </ConfirmButton>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Panel>
  );
}
