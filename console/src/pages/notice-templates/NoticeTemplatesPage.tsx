import { Link } from '@tanstack/react-router';
import type { ItemOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag } from '../../ui/StateTag.tsx';

type Template = ItemOf<'/api/v1/notice-templates'>;

/** Letters and notices whose words the supervising office may decide. */
export function NoticeTemplatesPage() {
  return (
    <NeedsAbility ability="rectification.open">
      <Templates />
    </NeedsAbility>
  );
}

function Templates() {
  const templates = useGet('/api/v1/notice-templates', {});
  return (
    <>
      <PageHeader
        title="文书模板"
        note="整改通知、催办、申辩告知和各种通知的文字。一个人改，另一个人启用；发出去的不再变。"
      />
      <Answer of={templates} rows={8}>
        {({ items }) => (
          <>
            <Kinds title="公文" items={items.filter(({ form }) => form === 'letter')} />
            <Kinds title="通知" items={items.filter(({ form }) => form === 'message')} />
          </>
        )}
      </Answer>
    </>
  );
}

function Kinds({ title, items }: { readonly title: string; readonly items: readonly Template[] }) {
  return (
    <Panel title={title}>
      <ScrollBox name={title}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">名称</th>
              <th scope="col">现在用的</th>
              <th scope="col">启用时间</th>
              <th scope="col" className="number">
                保存的版本
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ kind, name, version, since, versions, failures }) => (
              <tr key={kind}>
                <th scope="row">
                  <Link to="/notice-templates/$kind" params={{ kind }}>
                    {name}
                  </Link>
                </th>
                <td>
                  {version === null ? '自带的文字' : `第 ${version} 版`}
                  {failures > 0 && <StateTag tone="warn">有 {failures} 次用不了</StateTag>}
                </td>
                <td>{since === null ? '—' : <DateText at={since} />}</td>
                <td className="number">{versions}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Panel>
  );
}
