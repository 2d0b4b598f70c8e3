import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { AnswerOf, SessionUser } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { sessionQuery } from '../../hooks/use-session.ts';
import { CopyText } from '../../ui/CopyText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';

type Secret = AnswerOf<'/api/v1/session/totp', 'post'>;

/** The second factor: a code from an app on the phone (TOTP). */
export function SecondFactorPanel({ user }: { readonly user: SessionUser }) {
  const [secret, setSecret] = useState<Secret | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const queries = useQueryClient();
  const begin = useChange<void, Secret>({
    change: () => sendChange('post', '/api/v1/session/totp'),
    onDone: setSecret,
  });
  const isOn = user.secondFactor === 'on';
  const finish = (): void => {
    setCodes(null);
    void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  return (
    <Panel
      title="第二因素（动态码）"
      aside={<StateTag tone={isOn ? 'good' : 'warn'}>{isOn ? '已启用' : '未启用'}</StateTag>}
    >
      {codes ? (
        <RecoveryCodes codes={codes} onKept={finish} />
      ) : secret ? (
        <ConfirmSecret
          secret={secret}
          onDone={(made) => {
            setSecret(null);
            setCodes(made);
          }}
        />
      ) : isOn ? (
        <TurnOff />
      ) : (
        <>
          <p className="spaced">
            启用后，登录时除密码外还要输入手机验证器上的六位数字。可用任何支持 TOTP 的验证器应用。
          </p>
          <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate()}>
            开始设置
          </Button>
        </>
      )}
    </Panel>
  );
}

interface ConfirmSecretProps {
  readonly secret: Secret;
  readonly onDone: (recoveryCodes: readonly string[]) => void;
}

function ConfirmSecret({ secret, onDone }: ConfirmSecretProps) {
  const confirm = useChange<{ code: string }, { recoveryCodes: readonly string[] }>({
    change: ({ code }) =>
      sendChange('post', '/api/v1/session/totp/confirm', { body: { code: code.trim() } }),
    onDone: ({ recoveryCodes }) => onDone(recoveryCodes),
    isErrorShownByCaller: true,
  });
  return (
    <div className="second-factor">
      <img
        src={`data:image/svg+xml,${encodeURIComponent(secret.qrSvg)}`}
        alt="二维码：用手机验证器扫描；不便扫描时请手工输入密钥"
        width="180"
        height="180"
      />
      <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={confirm.mutate}>
        <p className="spaced">
          1. 用手机验证器扫描二维码，或手工输入密钥：
          <CopyText text={secret.secret} />
        </p>
        <FormProblem error={confirm.error} />
        <Form.Item
          name="code"
          label="2. 填写验证器上的六位数字"
          rules={[{ required: true, message: '请填写六位数字' }]}
        >
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={10} autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          启用
        </Button>
      </Form>
    </div>
  );
}

function TurnOff() {
  const off = useChange<{ password: string }>({
    change: (body) => sendChange('delete', '/api/v1/session/totp', { body }),
    doneWords: '第二因素已关闭',
    refreshes: ['/api/v1/session'],
    isErrorShownByCaller: true,
  });
  return (
    <details className="more">
      <summary>关闭第二因素</summary>
      {/* Named, for the page has another field `password`: a label must lead to its own. */}
      <Form<{ password: string }>
        name="totp-off"
        layout="vertical"
        requiredMark={false}
        className="narrow-form"
        onFinish={off.mutate}
      >
        <p className="spaced quiet">关闭后只凭密码即可登录。换手机时，请先关闭再重新设置。</p>
        <FormProblem error={off.error} />
        <Form.Item name="password" label="密码" rules={[{ required: true, message: '请填写密码' }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Button danger htmlType="submit" loading={off.isPending}>
          关闭
        </Button>
      </Form>
    </details>
  );
}
