import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { sql } from 'kysely';
import { type Command, type CommandArguments, defineCommand } from '../cli/command.ts';
import { UserError } from '../lib/pure/errors.ts';
import { readInput } from '../registry/index.ts';
import { allChannels, CHANNEL_WORDS, type NotifyDeps } from './channel.ts';
import { deliverNotices } from './deliver/deliver-notices.ts';
import { listDeliveries, resendDelivery, testChannel } from './manage/deliveries.ts';
import { ChannelInput, keepChannel } from './manage/keep-channel.ts';
import { kindName } from './notice.ts';
import { type DeliveryState, notifyDb } from './notify-db.ts';

const LIST_MAX = 200;
const NOTHING = { name: '', min: 0, max: 0 };

const list = defineCommand<NotifyDeps>({
  words: ['inbox', 'list'],
  summary: '最近的通知：给谁、给到了几人、几人已读',
  positionals: NOTHING,
  options: {},
  needs: 'store',
  run: async ({ deps, out }) => {
    const { rows } = await sql<{
      id: number;
      kind: string;
      unit: string | null;
      title: string;
      people: number;
      read: number;
    }>`
      select n.id, n.kind, u.name as unit, n.title, n.made_at as "madeAt", count(c.user_id)::int as people,
             count(c.read_at)::int as read
        from notice n left join unit u on u.id = n.unit_id left join notice_copy c on c.notice_id = n.id
       group by n.id, u.name order by n.id desc limit ${LIST_MAX}`.execute(deps.store.db);
    const lines = rows.map(
      ({ id, kind, unit, title, people, read }) =>
        `${id}　${kindName(kind)}　${unit ?? ''}　${title}　${people} 人，已读 ${read}`,
    );
    out.result(rows, lines.join('\n') || '还没有通知。');
    return 0;
  },
});

const deliver = defineCommand<NotifyDeps>({
  words: ['notice', 'deliver'],
  summary: '把到时候的通知发出去；重复执行不会重复发送',
  positionals: NOTHING,
  options: {},
  needs: 'store',
  run: async ({ deps, out, now, signal }) => {
    const run = await deliverNotices(deps, { now, signal });
    out.result(
      run,
      `送到 ${run.sent} 条，稍后再试 ${run.put_off} 条，没送到 ${run.failed} 条，不确定 ${run.uncertain} 条。`,
    );
    return 0;
  },
});

const STATE_WORDS: Readonly<Record<DeliveryState, string>> = {
  waiting: '等待',
  sending: '发送中',
  sent: '已送到',
  failed: '没送到',
  uncertain: '不确定',
};

const deliveries = defineCommand<NotifyDeps>({
  words: ['notice', 'log'],
  summary: '发送记录和原因，新的在前',
  positionals: NOTHING,
  options: {},
  needs: 'store',
  run: async ({ deps, out, actor }) => {
    const { items } = await listDeliveries(deps, actor, { limit: LIST_MAX, offset: 0 });
    const lines = items.map(
      ({ id, channel, receiver, title, state, words }) =>
        `${id}　${channel}　${receiver}　${title}　${STATE_WORDS[state]}　${words}`,
    );
    out.result(items, lines.join('\n') || '还没有发送过。');
    return 0;
  },
});

const resend = defineCommand<NotifyDeps>({
  words: ['notice', 'resend'],
  summary: '重发一条没送到或不确定的',
  positionals: { name: '编号', min: 1, max: 1 },
  options: { 'may-double': { kind: 'flag', help: '不确定的：知道对方可能收到两次，仍要重发' } },
  needs: 'store',
  run: async ({ deps, args, out, actor, now }) => {
    const id = numberOf(args.positionals[0]!);
    await resendDelivery(deps, actor, { id, mayDouble: args.flag('may-double'), at: now() });
    out.result({ id }, '已放回待发。');
    return 0;
  },
});

const channels = defineCommand<NotifyDeps>({
  words: ['channel', 'list'],
  summary: '通知的发送通道',
  positionals: NOTHING,
  options: {},
  needs: 'store',
  run: async ({ deps, out }) => {
    const all = await allChannels(notifyDb(deps.store.db));
    const shown = all.map(({ secret, ...channel }) => ({ ...channel, hasSecret: secret !== null }));
    const lines = all.map(
      ({ id, kind, name, enabled, pausedWhy }) =>
        `${id}　${CHANNEL_WORDS[kind]}　${name}　${enabled ? '启用' : '停用'}　${pausedWhy ?? ''}`,
    );
    out.result(shown, lines.join('\n') || '还没有发送通道；通知只在控制台里。');
    return 0;
  },
});

const keep = defineCommand<NotifyDeps>({
  words: ['channel', 'set'],
  summary: '添加或改一个发送通道；内容写在一个 JSON 文件里，密钥封存后不再显示',
  positionals: { name: '文件.json', min: 1, max: 1 },
  options: {
    id: { kind: 'text', value: '编号', help: '改这一个；不写就是添加' },
    inner: { kind: 'many', value: 'IP', help: '允许它访问的内网地址，可写几次' },
  },
  needs: 'store',
  run: async ({ deps, args, out, actor, cwd, now }) => {
    const given = args.text('id');
    const channel = await readChannel(args.positionals[0]!, cwd);
    const inner = innerOf(args);
    const id = await keepChannel(deps, actor, {
      ...{ id: given === undefined ? null : numberOf(given), channel, at: now() },
      ...(inner.length > 0 ? { innerAddresses: inner } : {}),
    });
    out.result({ id }, `已保存发送通道 ${id}；可以用 xunjian channel test ${id} 试一下。`);
    return 0;
  },
});

async function readChannel(path: string, cwd: string): Promise<ChannelInput> {
  const bytes = await readInput(resolve(cwd, path));
  const wrong = (details: readonly string[]): never => {
    throw new UserError('channel.fields', '通道的文件里有不对的地方。', { details });
  };
  let content: unknown = null;
  try {
    content = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    wrong(['不是 JSON']);
  }
  const parsed = ChannelInput.safeParse(content);
  if (parsed.success) return parsed.data;
  return wrong(parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}：${message}`));
}

function innerOf(args: CommandArguments): readonly string[] {
  const wrong = args.many('inner').find((address) => isIP(address) === 0);
  if (wrong !== undefined)
    throw new UserError('channel.inner', `“${wrong}”不是 IP 地址。`, { field: 'inner' });
  return args.many('inner');
}

const test = defineCommand<NotifyDeps>({
  words: ['channel', 'test'],
  summary: '用一个通道马上发一条测试消息',
  positionals: { name: '编号', min: 1, max: 1 },
  options: { to: { kind: 'text', value: '邮箱', help: '邮件通道：发给谁' } },
  needs: 'store',
  run: async ({ deps, args, out, actor, now }) => {
    const id = numberOf(args.positionals[0]!);
    const tested = await testChannel(deps, actor, {
      id,
      email: args.text('to') ?? null,
      at: now(),
    });
    out.result(tested, tested.ok ? '对方已收下。' : `没有发成：${tested.code} ${tested.words}`);
    return tested.ok ? 0 : 1;
  },
});

function numberOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UserError('notice.number', `“${text}”不是编号。`);
  return Number(text);
}

export const notifyCommands: readonly Command<NotifyDeps>[] = [
  ...[list, deliver, deliveries, resend, channels, keep, test],
];
