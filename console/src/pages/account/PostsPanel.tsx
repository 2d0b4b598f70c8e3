import type { AccountRound } from '../../api/types.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';

type PostsPanelProps = Pick<AccountRound, 'posts' | 'monitoredAt'>;

/** What the account published, as far as its feed tells; the newest first. */
export function PostsPanel({ posts, monitoredAt }: PostsPanelProps) {
  return (
    <Panel
      title="发布的内容"
      aside={
        <span className="quiet">
          监测时间点 <DateText at={monitoredAt} />
        </span>
      }
    >
      {posts.length === 0 ? (
        <EmptyState title="没有读到发布的内容">没有读到不等于没有发布，以人工观察为准。</EmptyState>
      ) : (
        <ol className="post-list">
          {posts.map((post) => (
            <li key={`${post.publishedAt} ${post.url} ${post.title}`}>
              <DateText at={post.publishedAt} as="date" never="没有日期" />
              {post.url && /^https?:/i.test(post.url) ? (
                <a href={post.url} target="_blank" rel="noopener noreferrer">
                  {post.title || '（无标题）'}
                </a>
              ) : (
                <span>{post.title || '（无标题）'}</span>
              )}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
