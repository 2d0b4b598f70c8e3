import { useState } from 'react';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { Answer } from '../../ui/Answer.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { type DutyChain, type DutyPost, DutyTags, daysWords } from './duty-words.tsx';
import { HandOver } from './HandOver.tsx';
import { Handovers } from './Handovers.tsx';
import { SetPost } from './SetPost.tsx';

interface PanelProps {
  readonly kind: 'site' | 'account';
  readonly id: number;
}

/** Who answers for a site or an account, who did, and what is being handed over. */
export function HoldersPanel({ kind, id }: PanelProps) {
  const mayRead = useCan()('duty.read');
  const path = kind === 'site' ? '/api/v1/duty/sites/{id}' : '/api/v1/duty/accounts/{id}';
  const chain = useGet(path, { path: { id } }, { enabled: mayRead });
  if (!mayRead) return null;
  return (
    <Panel
      title="责任人员"
      aside={chain.data && !chain.data.isEnded && <DutyTags chain={chain.data} />}
    >
      <Answer of={chain} rows={3}>
        {(data) => <Posts chain={data} />}
      </Answer>
    </Panel>
  );
}

type Opened = { readonly what: 'set' | 'handOver'; readonly post: DutyPost } | null;

function Posts({ chain }: { readonly chain: DutyChain }) {
  const mayEdit = useCan()('duty.edit') && !chain.isEnded;
  const [opened, setOpened] = useState<Opened>(null);
  const close = (): void => setOpened(null);
  return (
    <>
      {chain.isEnded && <p className="quiet">已经结束运行：责任人员只供查看。</p>}
      <ScrollBox name="责任人员">
        <table className="plain-table stacks">
          <thead>
            <tr>
              {['岗位', '姓名或单位', '部门和职务', '电话', '起止'].map((head) => (
                <th key={head}>{head}</th>
              ))}
              {mayEdit && <th>办理</th>}
            </tr>
          </thead>
          <tbody>
            {chain.posts.map((post) => (
              <PostRow
                key={post.post}
                post={post}
                mayEdit={mayEdit}
                onOpen={(what) => setOpened({ what, post })}
              />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {opened?.what === 'set' && (
        <SetPost key={opened.post.post} {...{ chain, post: opened.post, onClose: close }} />
      )}
      {opened?.what === 'handOver' && (
        <HandOver key={opened.post.post} {...{ chain, post: opened.post, onClose: close }} />
      )}
      <Handovers chain={chain} />
      <Former former={chain.former} />
    </>
  );
}

/** Posts whose holder changes by a hand-over. */
const CHANGES_HANDS: readonly DutyPost['post'][] = ['responsible', 'onDuty'];

interface RowProps {
  readonly post: DutyPost;
  readonly mayEdit: boolean;
  readonly onOpen: (what: 'set' | 'handOver') => void;
}

function PostRow({ post, mayEdit, onOpen }: RowProps) {
  const { title, name, office, phone, registerSays, holdingId, isLacking, isExpired } = post;
  const isHeld = holdingId !== null;
  return (
    <tr>
      <th scope="row">{title}</th>
      <td data-label="姓名或单位">
        {name || '没有登记'}
        {!isHeld && name !== '' && <span className="quiet">（名录登记）</span>}
        {registerSays !== null && <span className="quiet">（名录写的是{registerSays}）</span>}
        {isLacking && isExpired && <span className="quiet">（任期已过）</span>}
      </td>
      <td data-label="部门和职务">{office || '—'}</td>
      <td data-label="电话">{phone || '—'}</td>
      <td data-label="起止">{daysWords(post)}</td>
      {mayEdit && (
        <td data-label="办理">
          <span className="tag-row">
            <button
              type="button"
              className="link-button"
              aria-label={`${isHeld ? '修改' : '登记'}${title}`}
              onClick={() => onOpen('set')}
            >
              {isHeld ? '修改' : '登记'}
            </button>
            {isHeld && CHANGES_HANDS.includes(post.post) && (
              <button
                type="button"
                className="link-button"
                aria-label={`交接${title}`}
                onClick={() => onOpen('handOver')}
              >
                交接
              </button>
            )}
          </span>
        </td>
      )}
    </tr>
  );
}

function Former({ former }: Pick<DutyChain, 'former'>) {
  if (former.length === 0) return null;
  return (
    <details className="more">
      <summary>以前的人（{former.length}）</summary>
      <ul>
        {former.map(({ id, title, name, office, setBy, isCorrected, ...days }) => (
          <li key={id}>
            {title}：{name}
            {office && `（${office}）`}，{isCorrected ? '登记有误，已更正' : daysWords(days)}
            <span className="quiet">（{setBy}登记）</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
