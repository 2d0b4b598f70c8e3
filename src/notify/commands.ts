import { sql } from 'kysely';
import { type Command, defineCommand } from '../cli/command.ts';
import type { StoreDeps } from '../store/store.ts';
import { kindName } from './notice.ts';

const LIST_MAX = 200;

const list = defineCommand<StoreDeps>({
  words: ['notice', 'list'],
  summary: '最近的通知：给谁、给到了几人、几人已读',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out }) => {
    const { rows } = await sql<{
      id: number;
      kind: string;
      unit: string | null;
      title: string;
      madeAt: string;
      people: number;
      read: number;
    }>`
      select n.id, n.kind, u.name as unit, n.title, n.made_at as "madeAt", count(c.user_id)::int as people,
             count(c.read_at)::int as read
        from notice n left join unit u on u.id = n.unit_id left join notice_copy c on c.notice_id = n.id
       group by n.id, u.name order by n.id desc limit ${LIST_MAX}`.execute(deps.store.db);
    out.result(
      rows,
      rows.length === 0
        ? '还没有通知。'
        : rows
            .map(
              ({ id, kind, unit, title, people, read }) =>
                `${id}　${kindName(kind)}　${unit ?? ''}　${title}　${people} 人，已读 ${read}`,
            )
            .join('\n'),
    );
    return 0;
  },
});

export const notifyCommands: readonly Command<StoreDeps>[] = [list];
