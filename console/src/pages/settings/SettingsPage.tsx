import { useGet } from '../../hooks/use-get.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';

const ORIGIN_WORDS: Readonly<Record<string, string>> = { environment: '环境变量', default: '默认' };

/** The settings in force. They are changed where the service is started, not here: a page must not be able to. */
export function SettingsPage() {
  const answer = useGet('/api/v1/system/settings', {});
  return (
    <NeedsAbility ability="system.read">
      <PageHeader title="设置" note="只供查看；修改请编辑服务的环境变量后重新启动，见运维手册。" />
      <Panel title="现行设置">
        <Answer of={answer} rows={8}>
          {({ items }) => (
            <ScrollBox name="设置列表">
              <table className="plain-table stacks">
                <thead>
                  <tr>
                    <th>设置</th>
                    <th>值</th>
                    <th>来自</th>
                    <th>说明</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ name, value, origin, meaning }) => (
                    <tr key={name}>
                      <th scope="row">
                        <code>{name}</code>
                      </th>
                      <td data-label="值">
                        {value === '[secret]' ? (
                          <span className="quiet">已设置，不显示</span>
                        ) : (
                          value
                        )}
                      </td>
                      <td data-label="来自">{ORIGIN_WORDS[origin] ?? origin}</td>
                      <td data-label="说明">{meaning}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollBox>
          )}
        </Answer>
      </Panel>
    </NeedsAbility>
  );
}
