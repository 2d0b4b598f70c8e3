import { Alert, Button, Checkbox, DatePicker, Form, Input, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { Ability, SessionUser } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { CopyText } from '../../ui/CopyText.tsx';
import { ABILITY_WORDS } from '../../util/words.ts';

interface NewTokenProps {
  readonly user: SessionUser;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

interface TokenFields {
  readonly name: string;
  readonly abilities: Ability[];
  readonly expiresOn: Dayjs;
}

/** Makes a token; it is shown once. */
export function NewToken({ user, isOpen, onClose }: NewTokenProps) {
  const [made, setMade] = useState<string | null>(null);
  const close = (): void => {
    setMade(null);
    onClose();
  };
  return (
    <Modal title="新建令牌" open={isOpen} onCancel={close} footer={null} destroyOnHidden>
      {made === null ? (
        <TokenForm user={user} onMade={setMade} />
      ) : (
        <>
          <Alert
            type="warning"
            showIcon
            className="form-problem"
            title="请现在保存令牌，关闭后不再显示。"
          />
          <p className="spaced">
            <CopyText text={made} />
          </p>
          <Button type="primary" onClick={close}>
            我已保存
          </Button>
        </>
      )}
    </Modal>
  );
}

function TokenForm(props: { user: SessionUser; onMade: (token: string) => void }) {
  const make = useChange<TokenFields, { token: string }>({
    change: ({ name, abilities, expiresOn }) =>
      sendChange('post', '/api/v1/tokens', {
        body: { name, abilities, expiresOn: expiresOn.format('YYYY-MM-DD') },
      }),
    refreshes: ['/api/v1/tokens'],
    onDone: ({ token }) => props.onMade(token),
    isErrorShownByCaller: true,
  });
  return (
    <Form<TokenFields>
      layout="vertical"
      initialValues={{ abilities: [], expiresOn: dayjs().add(1, 'year') }}
      onFinish={make.mutate}
    >
      <FormProblem error={make.error} />
      <Form.Item name="name" label="用途" rules={[{ required: true, message: '请填写用途' }]}>
        <Input maxLength={60} placeholder="例如：数据大屏取数" />
      </Form.Item>
      {/* Not `required`: a group of boxes cannot be, and readers are told of what is missing by the message. */}
      <Form.Item
        name="abilities"
        label="权限"
        rules={[{ type: 'array', min: 1, message: '至少选一项' }]}
      >
        <Checkbox.Group
          className="ability-choices"
          options={props.user.abilities.map((value) => ({
            value,
            label: ABILITY_WORDS[value] ?? value,
          }))}
        />
      </Form.Item>
      <Form.Item name="expiresOn" label="有效期至" extra="到当日结束为止（北京时间）。">
        <DatePicker disabledDate={(day) => day.isBefore(dayjs(), 'day')} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={make.isPending}>
        新建
      </Button>
    </Form>
  );
}
