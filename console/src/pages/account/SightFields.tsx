import { Checkbox, Form, Input, Radio } from 'antd';
import { type ReactNode, useId } from 'react';
import { type Looked, type SightForm, WAYS } from './sight-form.ts';

interface FieldsProps {
  readonly form: SightForm;
  readonly change: (more: Partial<SightForm>) => void;
}

/** Newest item, originals, advertisements: what the account shows. */
export function ContentFields({ form, change }: FieldsProps) {
  return (
    <>
      <LookedField
        label="有没有发布的内容"
        words={['有', '一条也没有']}
        value={form.hasItems}
        onChange={(hasItems) => change({ hasItems })}
      >
        {form.hasItems === 'yes' && (
          <DayField
            label="最新一条的日期"
            value={form.newestOn}
            onChange={(newestOn) => change({ newestOn })}
          />
        )}
      </LookedField>
      <p className="quiet">看日期最新的一条，置顶的旧内容不算；不通知粉丝的发布也算。</p>
      <LookedField
        label="有没有原创内容"
        words={['有', '没有']}
        value={form.hasOriginals}
        onChange={(hasOriginals) => change({ hasOriginals })}
      >
        {form.hasOriginals === 'yes' && (
          <DayField
            label="最新一条原创的日期"
            value={form.originalOn}
            onChange={(originalOn) => change({ originalOn })}
          />
        )}
      </LookedField>
      <LookedField
        label="有没有商业广告"
        words={['有', '没有']}
        value={form.hasAds}
        onChange={(hasAds) => change({ hasAds })}
      >
        {form.hasAds === 'yes' && (
          <WordsField
            label="什么广告"
            value={form.ads}
            max={500}
            onChange={(ads) => change({ ads })}
          />
        )}
      </LookedField>
    </>
  );
}

/** Ways to be answered, and the test question with its answer. */
export function InteractionFields({ form, change }: FieldsProps) {
  return (
    <>
      <LookedField
        label="有没有互动方式"
        words={['有', '一种也没有']}
        value={form.looksAtWays}
        onChange={(looksAtWays) => change({ looksAtWays })}
      >
        {form.looksAtWays === 'yes' && (
          <Checkbox.Group
            options={WAYS.map((way) => ({ value: way, label: way }))}
            value={[...form.ways]}
            onChange={(ways) => change({ ways })}
          />
        )}
      </LookedField>
      <div className="two-columns">
        <TimeField
          label="测试留言时刻"
          value={form.testedAt}
          onChange={(testedAt) => change({ testedAt })}
        />
        <TimeField
          label="回复时刻"
          value={form.repliedAt}
          onChange={(repliedAt) => change({ repliedAt })}
        />
      </div>
    </>
  );
}

/** How the account presents itself, and whether it is there at all. */
export function ProfileFields({ form, change, isApp }: FieldsProps & { readonly isApp: boolean }) {
  return (
    <>
      <LookedField
        label="平台上有没有这个账号"
        words={['有', '没有（已注销、查无此号）']}
        value={form.isThere}
        onChange={(isThere) => change({ isThere })}
      />
      {isApp && (
        <LookedField
          label="能不能下载、打开和使用"
          words={['能', '不能']}
          value={form.opens}
          onChange={(opens) => change({ opens })}
        />
      )}
      <div className="two-columns">
        <WordsField
          label="平台上的名称"
          value={form.name}
          max={100}
          onChange={(name) => change({ name })}
        />
        <WordsField
          label="认证主体"
          value={form.operator}
          max={200}
          onChange={(operator) => change({ operator })}
        />
      </div>
      <LookedField
        label="是否通过平台认证"
        words={['是', '否']}
        value={form.certified}
        onChange={(certified) => change({ certified })}
      />
      <WordsField
        label="粉丝数"
        value={form.followers}
        max={10}
        onChange={(followers) => change({ followers: followers.trim() })}
      />
    </>
  );
}

interface LookedFieldProps {
  readonly label: string;
  /** Of yes and of no. */
  readonly words: readonly [string, string];
  readonly value: Looked;
  readonly onChange: (value: Looked) => void;
  readonly children?: ReactNode;
}

/** Yes, no, or not looked: what nobody looked at is never taken for a no. */
function LookedField({ label, words: [yes, no], value, onChange, children }: LookedFieldProps) {
  return (
    <Form.Item label={label}>
      <Radio.Group
        aria-label={label}
        value={value}
        onChange={({ target }) => onChange(target.value as Looked)}
        options={[
          { value: 'unseen', label: '没看' },
          { value: 'yes', label: yes },
          { value: 'no', label: no },
        ]}
      />
      {children}
    </Form.Item>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function WordsField({ label, value, max, onChange }: TextFieldProps & { readonly max: number }) {
  const id = useId();
  return (
    <div className="sight-field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        value={value}
        maxLength={max}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}

/** The browser's own fields: they take the keyboard, and show the date in Chinese. */
function DayField({ label, value, onChange }: TextFieldProps) {
  return <NativeField {...{ label, value, onChange }} type="date" />;
}

/** In Beijing time, to the minute. */
export function TimeField({ label, value, onChange }: TextFieldProps) {
  return <NativeField {...{ label, value, onChange }} type="datetime-local" />;
}

function NativeField({
  label,
  value,
  onChange,
  type,
}: TextFieldProps & { readonly type: 'date' | 'datetime-local' }) {
  return (
    <label className="sight-field">
      <span>{label}</span>
      <input type={type} value={value} onChange={({ target }) => onChange(target.value)} />
    </label>
  );
}
