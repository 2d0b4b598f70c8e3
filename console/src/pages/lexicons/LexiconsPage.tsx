import { Link } from '@tanstack/react-router';
import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { Answer } from '../../ui/Answer.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { ImportLexicon } from './ImportLexicon.tsx';
import { countWords, type LexiconVersion } from './lexicon-words.ts';

/** Lexicons with their versions: which count, where they come from; and the import of the next one. */
export function LexiconsPage() {
  const answer = useGet('/api/v1/lexicons', { query: { limit: 200 } });
  return (
    <>
      <PageHeader
        title="词库"
        note="检查文字时以什么为错、护哪些名称。改用之后，从下一次检查起生效；查过的写明当时用的哪一版。"
        actions={<Link to="/ignores">忽略的表述</Link>}
      />
      <ImportLexicon />
      <Answer of={answer}>
        {({ items }) =>
          [...Map.groupBy(items, ({ id }) => id)].map(([id, versions]) => (
            <OneLexicon key={id} id={id} versions={versions} />
          ))
        }
      </Answer>
    </>
  );
}

interface OneLexiconProps {
  readonly id: string;
  readonly versions: readonly LexiconVersion[];
}

function OneLexicon({ id, versions }: OneLexiconProps) {
  const isShipped = versions.some((one) => one.isShipped);
  const name = isShipped ? '随软件提供' : id;
  return (
    <Panel
      title={name}
      aside={!isShipped && versions.some((one) => one.isActive) && <DisableButton id={id} />}
    >
      <ScrollBox name={`${name}的版本`}>
        <table className="plain-table stacks">
          <thead>
            <tr>
              <th>版本</th>
              <th>状态</th>
              <th>条目</th>
              <th>理由</th>
              <th>导入人</th>
              <th>时间</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((one) => (
              <VersionRow key={one.version} version={one} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Panel>
  );
}

function VersionRow({ version: one }: { readonly version: LexiconVersion }) {
  return (
    <tr>
      <th scope="row">
        <Link
          to="/lexicons/$name"
          params={{ name: one.id }}
          search={{ version: String(one.version) }}
        >
          第 {one.version} 版
        </Link>
      </th>
      <td data-label="状态">
        {one.isActive ? (
          <StateTag tone="good">在用</StateTag>
        ) : (
          <ActivateButton id={one.id} version={one.version} />
        )}
      </td>
      <td data-label="条目">{countWords(one)}</td>
      <td data-label="理由">{one.reason ?? '随软件提供，总是在用'}</td>
      <td data-label="导入人">{one.importedBy ?? '—'}</td>
      <td data-label="时间">
        <DateText at={one.importedAt} />
      </td>
    </tr>
  );
}

function ActivateButton({ id, version }: Pick<LexiconVersion, 'id' | 'version'>) {
  const whyNot = useWhyNot()('ruleset.change');
  const activate = useChange({
    change: () =>
      sendChange('put', '/api/v1/lexicons/{name}/active', {
        params: { path: { name: id } },
        body: { version },
      }),
    doneWords: `已改用第 ${version} 版`,
    refreshes: ['/api/v1/lexicons'],
  });
  return (
    <ConfirmButton
      size="small"
      whyNot={whyNot}
      aria-label={`改用这一版：“${id}”第 ${version} 版`}
      loading={activate.isPending}
      question={`改用“${id}”第 ${version} 版？`}
      consequence="从下一次检查起用这一版；随时可以改回去。"
      confirmWords="改用"
      onConfirm={() => activate.mutateAsync()}
    >
      改用这一版
    </ConfirmButton>
  );
}

function DisableButton({ id }: Pick<LexiconVersion, 'id'>) {
  const whyNot = useWhyNot()('ruleset.change');
  const disable = useChange({
    change: () =>
      sendChange('delete', '/api/v1/lexicons/{name}/active', { params: { path: { name: id } } }),
    doneWords: '已停用',
    refreshes: ['/api/v1/lexicons'],
  });
  return (
    <ConfirmButton
      danger
      size="small"
      whyNot={whyNot}
      aria-label={`停用“${id}”`}
      loading={disable.isPending}
      question={`停用词库“${id}”？`}
      consequence="从下一次检查起不再用它；各版仍保存，可以再启用。"
      confirmWords="停用"
      onConfirm={() => disable.mutateAsync()}
    >
      停用
    </ConfirmButton>
  );
}
