import { Checkbox, Form, Input } from 'antd';
import { useId } from 'react';
import { UnitSelect } from '../../forms/UnitSelect.tsx';
import type { CaseKind } from '../account-cases/case-words.tsx';
import { FUNCTIONS } from './case-draft.ts';

/** As the server has them. */
const REASON_MAX = 1000;
const ANNOUNCEMENT_MAX = 3000;
const PLATFORMS = [
  ...['微信公众号', '微信视频号', '微信小程序', '新浪微博', '头条号', '抖音号', '快手号'],
  '移动客户端',
];

const needed = (message: string) => [{ required: true, whitespace: true, message }];

async function atLeastOne(_rule: unknown, chosen: readonly string[] | undefined): Promise<void> {
  if (chosen === undefined || chosen.length === 0) throw new Error('请至少选一项');
}

/** The fields of a case of one kind. */
export function CaseFields({ kind }: { readonly kind: CaseKind }) {
  return (
    <>
      {(kind === 'open' || kind === 'enrol') && <NewAccountFields isThere={kind === 'enrol'} />}
      {kind === 'change' && <ChangeFields />}
      {kind === 'suspend' && <DayField name="until" label="暂停到" />}
      {kind === 'close' && <CloseFields />}
      {kind === 'deregister' && <DayField name="deregisteredOn" label="在平台上注销的日期" />}
      <Form.Item name="reason" label="理由" rules={needed('请写明理由')}>
        <Input.TextArea rows={3} maxLength={REASON_MAX} showCount />
      </Form.Item>
    </>
  );
}

function NewAccountFields({ isThere }: { readonly isThere: boolean }) {
  const list = useId();
  return (
    <>
      <Form.Item name="platform" label="平台" rules={needed('请写平台')}>
        <Input maxLength={50} list={list} autoComplete="off" />
      </Form.Item>
      <datalist id={list}>
        {PLATFORMS.map((platform) => (
          <option key={platform} value={platform} />
        ))}
      </datalist>
      <TextField name="name" label="账号名称" max={200} isNeeded />
      {isThere && (
        <>
          <TextField
            name="accountId"
            label="账号 ID"
            extra="微信号、原始 ID（gh_ 开头）、uid 等，照平台上的写"
            max={200}
            isNeeded
          />
          <DayField name="openedOn" label="开设日期" isOptional />
        </>
      )}
      <Form.Item
        name="functions"
        label="功能定位"
        // Not `required`: antd would put aria-required on a group, which may not have it.
        rules={[{ validator: atLeastOne }]}
      >
        <Checkbox.Group options={[...FUNCTIONS]} />
      </Form.Item>
      <TextField name="leader" label="分管领导（没有可以不写）" max={50} />
      <TextField name="responsible" label="责任人" max={50} isNeeded />
      <TextField name="contact" label="联系人" max={50} isNeeded />
      <TextField name="phone" label="联系电话" max={60} isNeeded />
      <TextField name="homeLink" label="主页链接（没有可以不写）" max={1000} />
    </>
  );
}

function ChangeFields() {
  return (
    <>
      <p className="quiet">只改要变更的几项；没有改动的保持原样。</p>
      <TextField name="name" label="账号名称" max={200} isNeeded />
      <TextField name="accountId" label="账号 ID" max={200} />
      <Form.Item name="sponsorId" label="代表主体">
        <UnitSelect label="代表主体" />
      </Form.Item>
      <Form.Item name="functions" label="功能定位">
        <Checkbox.Group options={[...FUNCTIONS]} />
      </Form.Item>
      <TextField name="leader" label="分管领导" max={50} />
      <TextField name="responsible" label="责任人" max={50} />
      <TextField name="contact" label="联系人" max={50} />
      <TextField name="phone" label="联系电话" max={60} />
      <TextField name="homeLink" label="主页链接" max={1000} />
    </>
  );
}

function CloseFields() {
  return (
    <>
      <DayField name="closesOn" label="拟停止更新的日期" />
      <Form.Item
        name="followers"
        label="粉丝和已发布的内容怎么处理"
        rules={needed('请写明怎么处理')}
        extra="写进公告：引导关注哪个账号，内容迁到哪里、保留还是删除"
      >
        <Input.TextArea rows={3} maxLength={REASON_MAX} showCount />
      </Form.Item>
      <Form.Item name="announcement" label="公告正文" extra="不写就按模板生成，提交后可以下载">
        <Input.TextArea rows={4} maxLength={ANNOUNCEMENT_MAX} showCount />
      </Form.Item>
    </>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
}

function TextField(
  props: FieldProps & { readonly max: number; readonly isNeeded?: true; readonly extra?: string },
) {
  const { name, label, max, isNeeded, extra } = props;
  return (
    <Form.Item
      name={name}
      label={label}
      rules={isNeeded ? needed(`请写${label}`) : []}
      {...(extra !== undefined && { extra })}
    >
      <Input maxLength={max} autoComplete="off" />
    </Form.Item>
  );
}

/** The browser's own field: phones have a better one than any script. */
function DayField({ name, label, isOptional }: FieldProps & { readonly isOptional?: true }) {
  return (
    <Form.Item name={name} label={label} rules={isOptional ? [] : needed('请选日期')}>
      <Input type="date" min="2000-01-01" max="2099-12-31" className="day-field" />
    </Form.Item>
  );
}
