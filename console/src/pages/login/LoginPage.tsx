import { useSession } from '../../hooks/use-session.ts';
import { DoorPage } from '../../layout/DoorPage.tsx';
import { PasswordForm } from './PasswordForm.tsx';

/** Password, then the second factor; or the office's own sign-in where it is configured. */
export function LoginPage() {
  const oidc = useSession()?.oidc ?? null;
  return (
    <DoorPage title="登录">
      <PasswordForm />
      {oidc && (
        <>
          <p className="door-or">或</p>
          <a className="door-oidc" href="/api/v1/session/oidc/start">
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
