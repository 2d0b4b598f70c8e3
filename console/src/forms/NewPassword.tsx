import { Form, Input } from 'antd';

/** The shortest the server takes by default; it has the last word and says what else it wants. */
const SHORTEST = 12;

/** A new password, written twice. */
export function NewPassword({ label = '新密码' }: { readonly label?: string }) {
  return (
    <>
      <Form.Item
        name="password"
        label={label}
        extra={`至少 ${SHORTEST} 个字符；可以用一句好记的话。`}
        rules={[
          { required: true, message: `请填写${label}` },
          { min: SHORTEST, message: `至少 ${SHORTEST} 个字符` },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label="再写一遍"
        dependencies={['password']}
        rules={[
          { required: true, message: '请再写一遍' },
          ({ getFieldValue }) => ({
            validator: async (_rule, value) => {
              if (value && value !== getFieldValue('password')) throw new Error('两遍不一样');
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}
