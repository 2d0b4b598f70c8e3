import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { agentWords } from '../../util/agent-words.ts';

/** Where one is signed in, and the way to end it. */
export function OwnSessions() {
  const sessions = useGet('/api/v1/sessions', {});
  const end = useChange<number>({
    change: (id) => sendChange('delete', '/api/v1/sessions/{id}', { params: { path: { id } } }),
    doneWords: '已结束',
    refreshes: ['/api/v1/sessions'],
  });
  return (
    <Panel title="登录在哪里">
      <Answer of={sessions} rows={3}>
        {({ items }) => (
          <ScrollBox name="登录列表">
            <table className="plain-table stacks">
              <thead>
                <tr>
                  <th scope="col">设备</th>
                  <th scope="col">地址</th>
                  <th scope="col">登录</th>
                  <th scope="col">最近使用</th>
                  <th scope="col">操作</th>
                </tr>
              </thead>
              <tbody>
                {items.map((session) => (
                  <tr key={session.id}>
                    <td data-label="设备">
                      <span title={session.agent}>{agentWords(session.agent)}</span>
                    </td>
                    <td data-label="地址">{session.address}</td>
                    <td data-label="登录">
                      <DateText at={session.createdAt} />
                    </td>
                    <td data-label="最近使用">
                      <DateText at={session.lastSeenAt} as="ago" />
                    </td>
                    <td data-label="操作">
                      {session.current ? (
                        <StateTag tone="good">本次</StateTag>
                      ) : (
                        <ConfirmButton
                          size="small"
                          danger
                          question="结束这次登录？"
                          consequence="那台设备上没有保存的内容会丢失，须重新登录。"
                          onConfirm={() => end.mutateAsync(session.id)}
                        >
                          结束
                        </ConfirmButton>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        )}
      </Answer>
    </Panel>
  );
}
