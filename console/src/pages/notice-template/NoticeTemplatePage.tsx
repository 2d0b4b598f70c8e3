import { useParams } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { TemplateEditor } from './TemplateEditor.tsx';
import { TemplateVersions } from './TemplateVersions.tsx';
import { type Template, versionWords } from './template-words.ts';
import './notice-template.css';

/** The words of one letter or notice: written by one person, put in force by another. */
export function NoticeTemplatePage() {
  return (
    <NeedsAbility ability="rectification.open">
      <OneTemplate />
    </NeedsAbility>
  );
}

function OneTemplate() {
  const { kind = '' } = useParams({ strict: false });
  const template = useGet('/api/v1/notice-templates/{kind}', { path: { kind } });
  return (
    <Answer of={template} rows={10}>
      {(data) => (
        <>
          <PageHeader
            title={data.name}
            note="一个人写，另一个人启用。没有启用的版本时用程序自带的文字；已发出的不再变。"
            back={{ to: '/notice-templates', words: '文书模板' }}
          />
          <TemplateVersions template={data} />
          <Failures template={data} />
          <TemplateEditor key={kind} template={data} />
          <Past template={data} />
        </>
      )}
    </Answer>
  );
}

function Failures({ template: { failures } }: { readonly template: Template }) {
  if (failures.length === 0) return null;
  return (
    <Panel title="用不了的记录">
      <p>这些文书和通知照常发出了，用的是自带的文字。请改好模板，由另一个人启用。</p>
      <ul className="case-trail">
        {failures.map(({ version, problem, times, lastAt, lastOf }) => (
          <li key={`${version} ${problem}`}>
            {versionWords(version)}，{times} 次，最近 <DateText at={lastAt} />（
            <span className="break-all">{lastOf}</span>）：{problem}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Past({ template: { force } }: { readonly template: Template }) {
  if (force.length === 0) return null;
  return (
    <Panel title="启用的记录">
      <ul className="case-trail">
        {force.map(({ id, version, by, at, reason }) => (
          <li key={id}>
            <DateText at={at} /> {by} 启用{versionWords(version)}：{reason}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
