import { BellOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { useGet } from '../hooks/use-get.ts';

const LOOK_AGAIN_MS = 60_000;
/** The server counts no further. */
const COUNTED_MAX = 1_000;

/** The way to one's inbox, with how many notices one has not read. */
export function InboxBell() {
  const answer = useGet('/api/v1/inbox/unread', {}, { refetchMs: LOOK_AGAIN_MS });
  const unread = answer.data?.unread ?? 0;
  const words = unread >= COUNTED_MAX ? `${COUNTED_MAX}+` : String(unread);
  return (
    <Link to="/inbox" className="top-bar-bell" title="通知">
      <BellOutlined aria-hidden />
      <span className="only-read">{unread > 0 ? `通知，${words} 条未读` : '通知'}</span>
      {unread > 0 && (
        <span className="top-bar-count" aria-hidden>
          {words}
        </span>
      )}
    </Link>
  );
}
