import { useSearch } from '@tanstack/react-router';
import { useSession } from '../../hooks/use-session.ts';
import { DoorPage } from '../../layout/DoorPage.tsx';
import { OidcProblem } from '../../ui/OidcProblem.tsx';
import { ownAddress } from '../../util/own-address.ts';
import { formatSearch, type Search } from '../../util/search.ts';
import { CodeForm } from './CodeForm.tsx';
import { PasswordForm } from './PasswordForm.tsx';

/** Password, then the second factor; or the office's own sign-in where it is configured. */
export function LoginPage() {
  const oidc = useSession()?.oidc ?? null;
  const { step, to } = useSearch({ strict: false }) as Search;
  if (step === 'code')
    return (
      <DoorPage title="登录" note="统一身份已确认，还需要第二因素。">
        <CodeForm />
      </DoorPage>
    );
  return (
    <DoorPage title="登录">
      <OidcProblem />
      <PasswordForm />
      {oidc && (
        <>
          <p className="door-or">或</p>
          <a
            className="door-oidc"
            href={`/api/v1/session/oidc/start${formatSearch({ to: to && ownAddress(to) })}`}
          >
            用“{oidc.name}”登录
          </a>
        </>
      )}
      <p className="quiet door-help">
        忘记密码、账户被锁定、换了手机：请找本单位的系统管理员或安全保密管理员。
      </p>
    </DoorPage>
  );
}
