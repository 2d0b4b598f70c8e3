import { Checkbox } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { Role } from '../../api/types.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { ROLE_WORDS } from '../../util/words.ts';
import { ADMINISTRATORS, ROLE_NOTES, whyNotTogether } from './separate-roles.ts';
import type { User } from './user-state.tsx';

const ALL = Object.keys(ROLE_WORDS) as Role[];
const GROUPS = [
  { words: '三员（互不兼任，也不兼业务）', roles: ADMINISTRATORS },
  { words: '业务', roles: ALL.filter((role) => !ADMINISTRATORS.includes(role)) },
] as const;

/** Grants roles; only the security administrator can, and what cannot stand together says so. */
export function RolesForm({ user }: { readonly user: User }) {
  const [roles, setRoles] = useState<readonly Role[]>(user.roles);
  const mayNot = useWhyNot()('role.grant');
  const isSame =
    roles.length === user.roles.length && roles.every((role) => user.roles.includes(role));
  const clash = whyNotTogether(roles);
  const grant = useChange({
    change: () =>
      sendChange('put', '/api/v1/users/{id}/roles', {
        params: { path: { id: user.id } },
        body: { roles: [...roles] },
      }),
    doneWords: '角色已改，他的下一次操作即按新角色',
    refreshes: ['/api/v1/users'],
  });
  const toggle = (role: Role, isOn: boolean): void =>
    setRoles(isOn ? [...roles, role] : roles.filter((each) => each !== role));
  return (
    <>
      {GROUPS.map((group) => (
        <fieldset key={group.words} className="role-group">
          <legend>{group.words}</legend>
          {group.roles.map((role) => (
            <Checkbox
              key={role}
              checked={roles.includes(role)}
              disabled={mayNot !== null}
              onChange={(event) => toggle(role, event.target.checked)}
            >
              <strong>{ROLE_WORDS[role]}</strong> <span className="quiet">{ROLE_NOTES[role]}</span>
            </Checkbox>
          ))}
        </fieldset>
      ))}
      {clash !== null && <p className="role-clash">{clash}</p>}
      <ConfirmButton
        type="primary"
        whyNot={mayNot ?? clash ?? (isSame ? '还没有改动' : null)}
        question={`改变 ${user.name} 的角色？`}
        consequence={`改为：${roles.map((role) => ROLE_WORDS[role]).join('、') || '没有角色'}`}
        confirmWords="改变角色"
        onConfirm={() => grant.mutateAsync()}
      >
        保存角色
      </ConfirmButton>
      {mayNot !== null && <p className="quiet">{mayNot}</p>}
    </>
  );
}
