import { useSearch } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useSession } from '../../hooks/use-session.ts';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { OidcProblem } from '../../ui/OidcProblem.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import type { Search } from '../../util/search.ts';

const PATH = '/api/v1/session/oidc';

/** One's identity at the office's own sign-in: linked here, by which one signs in without a password. */
export function OidcPanel() {
  const link = useGet(PATH, {});
  const { linked } = useSearch({ strict: false }) as Search;
  const isOn = useSession()?.oidc != null;
  // Where it is off there is nothing to say, but of a link that stands from before.
  if (!isOn && !link.data?.identity) return null;
  const isLinked = link.data?.identity != null;
  return (
    <Panel
      title="统一身份登录"
      aside={
        <StateTag tone={isLinked ? 'good' : 'plain'}>{isLinked ? '已绑定' : '未绑定'}</StateTag>
      }
    >
      <OidcProblem />
      {linked && isLinked && (
        <Alert type="success" showIcon className="form-problem" title="已绑定统一身份" />
      )}
      <Answer of={link} rows={2}>
        {({ name, identity }) =>
          identity === null ? (
            <>
              <p className="spaced">绑定后，可以用“{name}”登录；第二因素照旧。</p>
              <Button href={`${PATH}/start?link=1`}>绑定“{name}”</Button>
            </>
          ) : (
            <>
              <Properties
                of={[
                  ['统一身份', identity.label],
                  ['由谁认证', identity.issuer],
                  ['绑定时间', <DateText key="l" at={identity.linkedAt} />],
                  ['最近使用', <DateText key="u" at={identity.usedAt} as="ago" never="从未" />],
                ]}
              />
              {name === null && <p className="quiet">本平台现在没有开启统一身份登录。</p>}
              <Unlink />
            </>
          )
        }
      </Answer>
    </Panel>
  );
}

function Unlink() {
  const unlink = useChange<{ password: string }>({
    change: (body) => sendChange('delete', PATH, { body }),
    doneWords: '绑定已解除',
    refreshes: [PATH],
    isErrorShownByCaller: true,
  });
  return (
    <details className="more">
      <summary>解除绑定</summary>
      {/* Named, for the page has another field `password`: a label must lead to its own. */}
      <Form<{ password: string }>
        name="unlink"
        layout="vertical"
        requiredMark={false}
        className="narrow-form"
        onFinish={unlink.mutate}
      >
        <p className="spaced quiet">解除后只能用用户名和密码登录；以后可以重新绑定。</p>
        <FormProblem error={unlink.error} />
        <Form.Item
          name="password"
          label="本平台的密码"
          rules={[{ required: true, message: '请填写密码' }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Button danger htmlType="submit" loading={unlink.isPending}>
          解除绑定
        </Button>
      </Form>
    </details>
  );
}
