import { App } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { LineField } from '../../forms/LineField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { PartsEditor } from './PartsEditor.tsx';
import { TemplateTrial } from './TemplateTrial.tsx';
import {
  FIELD_KINDS,
  TEMPLATE_REFRESHES,
  type Template,
  type TemplateContent,
  versionWords,
} from './template-words.ts';

/** Where words begin: the program's own, or a version. */
const OWN = 'own';

/** All that is said, in one order: a database gives keys back in its own. */
const saidBy = ({ title, body }: TemplateContent): string =>
  JSON.stringify([title, body].map((parts) => parts.map((p) => [p.when, p.lead, p.text])));

/** Writes new words of a kind, tried on a real case meanwhile, and keeps them as the next version. */
export function TemplateEditor({ template }: { readonly template: Template }) {
  const id = useId();
  const { kind, form, own, versions, force } = template;
  const held = force[0]?.version ?? null;
  const of = (from: string): TemplateContent =>
    versions.find(({ version }) => String(version) === from)?.content ?? own;
  const [from, setFrom] = useState(held === null ? OWN : String(held));
  const [content, setContent] = useState(() => of(from));
  const [note, setNote] = useState('');
  const { modal } = App.useApp();
  const begin = (value: string): void => {
    const take = (): void => {
      setFrom(value);
      setContent(of(value));
    };
    // What was saved is a version; what was only typed would be gone.
    const kept = [own, ...versions.map((each) => each.content)].map(saidBy);
    if (kept.includes(saidBy(content))) take();
    else
      modal.confirm({
        title: '换一个版本改起？',
        content: '改过还没有保存的文字会丢掉，不能找回。',
        ...{ okText: '换', cancelText: '取消', okButtonProps: { danger: true } },
        ...{ focusable: { autoFocusButton: 'cancel' }, onOk: take },
      });
  };
  const save = useChange({
    change: () =>
      sendChange('post', '/api/v1/notice-templates/{kind}/versions', {
        params: { path: { kind } },
        body: { content, note: note.trim() },
      }),
    doneWords: ({ version }) => `已保存为第 ${version} 版；请另一个人核对后启用`,
    refreshes: TEMPLATE_REFRESHES,
    isErrorShownByCaller: true,
    onDone: () => setNote(''),
  });
  return (
    <Panel title="修改">
      <label htmlFor={id}>从哪里改起：</label>
      <select id={id} value={from} onChange={({ target: { value } }) => begin(value)}>
        <option value={OWN}>自带的文字</option>
        {versions.map(({ version, note: why }) => (
          <option key={version} value={String(version)}>
            {versionWords(version)}：{why}
          </option>
        ))}
      </select>
      <FieldList template={template} />
      <div className="template-work">
        <div>
          <PartsEditor
            key={`title ${from}`}
            title="标题"
            parts={content.title}
            hasLead={false}
            onChange={(title) => setContent({ ...content, title })}
          />
          <PartsEditor
            key={`body ${from}`}
            title="正文"
            parts={content.body}
            hasLead={form === 'letter'}
            onChange={(body) => setContent({ ...content, body })}
          />
          <div className="stack">
            <LineField label="改了什么、为什么" value={note} max={500} onChange={setNote} />
            <FormProblem error={save.error} />
            <ReasonedButton
              type="primary"
              whyNot={note.trim() === '' ? '请写明改了什么、为什么。' : null}
              loading={save.isPending}
              onClick={() => save.mutate()}
            >
              保存为新版本
            </ReasonedButton>
          </div>
        </div>
        <TemplateTrial template={template} content={content} />
      </div>
    </Panel>
  );
}

/** What the words may name. */
function FieldList({ template: { fields } }: { readonly template: Template }) {
  return (
    <details open>
      <summary>可以用的字段（写成 {'{字段}'}；条件可用 &gt; = and or not has）</summary>
      <ScrollBox name="可以用的字段">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">字段</th>
              <th scope="col">是什么</th>
              <th scope="col">种类</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ name, words, kind }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{kind === 'flag' ? name : `{${name}}`}</code>
                </th>
                <td>{words}</td>
                <td>{FIELD_KINDS[kind]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </details>
  );
}
