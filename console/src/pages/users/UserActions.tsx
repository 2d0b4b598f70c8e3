import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useUser, useWhyNot } from '../../hooks/use-session.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { OneTimeLink } from './OneTimeLink.tsx';
import type { User } from './user-state.tsx';

const refreshes = ['/api/v1/users'] as const;

/** What administrators can do about an account; each asks first and says why it cannot be done. */
export function UserActions({ user }: { readonly user: User }) {
  const whyNot = useWhyNot();
  const [link, setLink] = useState<string | null>(null);
  const isSelf = useUser()?.id === user.id;
  const manage = whyNot('user.manage');
  const grant = whyNot('role.grant');
  const params = { path: { id: user.id } };
  const isOff = user.state === 'disabled';
  const turn = useChange({
    change: (state: 'active' | 'disabled') =>
      sendChange('patch', '/api/v1/users/{id}', { params, body: { state } }),
    doneWords: '已保存',
    refreshes,
  });
  const reset = useChange({
    change: () => sendChange('post', '/api/v1/users/{id}/password-reset', { params }),
    refreshes,
    onDone: (made) => setLink(made.link),
  });
  const unlock = useChange({
    change: () => sendChange('post', '/api/v1/users/{id}/unlock', { params }),
    doneWords: '已解锁',
    refreshes,
  });
  const factor = useChange({
    change: () => sendChange('delete', '/api/v1/users/{id}/totp', { params }),
    doneWords: '第二因素已取消，他下次登录后重新设置',
    refreshes,
  });
  const end = useChange({
    change: () => sendChange('delete', '/api/v1/users/{id}/sessions', { params }),
    doneWords: '他的登录已全部结束',
    refreshes,
  });
  const unlink = useChange({
    change: () => sendChange('delete', '/api/v1/users/{id}/oidc', { params }),
    doneWords: '绑定已解除，他要用密码登录',
    refreshes,
  });
  return (
    <>
      <div className="button-row">
        <ConfirmButton
          danger={!isOff}
          whyNot={manage ?? (isSelf ? '不能停用自己' : null)}
          question={isOff ? `重新启用 ${user.name}？` : `停用 ${user.name}？`}
          consequence={isOff ? '他又可以登录。' : '他立即退出，不能再登录；做过的事都保留。'}
          onConfirm={() => turn.mutateAsync(isOff ? 'active' : 'disabled')}
        >
          {isOff ? '启用' : '停用'}
        </ConfirmButton>
        <ConfirmButton
          whyNot={manage}
          question={`给 ${user.name} 一个重设密码的链接？`}
          consequence="链接只能用一次；原密码在他设好新密码时失效。"
          onConfirm={() => reset.mutateAsync()}
        >
          重设密码
        </ConfirmButton>
        <ConfirmButton
          whyNot={grant ?? (user.state === 'locked' ? null : '没有锁定')}
          question={`给 ${user.name} 解锁？`}
          consequence="多次输错密码会锁定；请先确认是他本人。"
          onConfirm={() => unlock.mutateAsync()}
        >
          解锁
        </ConfirmButton>
        <ConfirmButton
          danger
          whyNot={grant ?? (user.secondFactor ? null : '没有开第二因素')}
          question={`取消 ${user.name} 的第二因素？`}
          consequence="用于换手机、丢恢复码；请先确认是他本人。"
          onConfirm={() => factor.mutateAsync()}
        >
          取消第二因素
        </ConfirmButton>
        <ConfirmButton
          whyNot={manage}
          question={`结束 ${user.name} 的全部登录？`}
          consequence="他在所有设备上都要重新登录。"
          onConfirm={() => end.mutateAsync()}
        >
          结束登录
        </ConfirmButton>
        {user.isLinked && (
          <ConfirmButton
            danger
            whyNot={manage}
            question={`解除 ${user.name} 与统一身份的绑定？`}
            consequence="他只能用用户名和密码登录，直到自己重新绑定。"
            onConfirm={() => unlink.mutateAsync()}
          >
            解除绑定
          </ConfirmButton>
        )}
      </div>
      {link !== null && <OneTimeLink link={link} />}
    </>
  );
}
