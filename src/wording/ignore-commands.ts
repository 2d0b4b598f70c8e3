import { type Command, defineCommand } from '../cli/command.ts';
import type { TextSeverity } from '../domain/facts/text-facts.ts';
import { type CalendarDate, isCalendarDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { ignoreText, listIgnores } from './ignore-text.ts';
import type { WordingDeps } from './keep-lexicon.ts';

const SEVERITIES: readonly TextSeverity[] = ['veto', 'serious', 'ordinary', 'notice'];

const textIgnore = defineCommand<WordingDeps>({
  words: ['text', 'ignore'],
  summary: '记下一处表述不是问题；veto 级要两个不同的人各说一次才算',
  positionals: { name: '文字', min: 1, max: 1 },
  options: {
    class: { kind: 'text', value: '类别', help: '问题的类别，同检查结果的 class', required: true },
    severity: { kind: 'text', value: '程度', help: '同检查结果的 severity', required: true },
    reason: { kind: 'text', value: '文字', help: '为什么不是问题', required: true },
    url: { kind: 'text', value: '网址', help: '只对以此开头的页面；不写是全部' },
    until: { kind: 'text', value: '日期', help: '有效到这一天；不写是一直有效' },
  },
  needs: 'store',
  run: async ({ args, deps, out, actor, now }) => {
    const severity = SEVERITIES.find((one) => one === args.text('severity'));
    if (severity === undefined)
      throw new UserError('text.severity', `--severity 应是 ${SEVERITIES.join('、')} 之一。`, {
        field: 'severity',
      });
    const input = {
      text: args.positionals[0] ?? '',
      class: args.text('class') ?? '',
      urlPrefix: args.text('url') ?? '',
      ...{
        severity,
        reason: args.text('reason') ?? '',
        until: untilOf(args.text('until')),
        at: now(),
      },
    };
    const result = await ignoreText(deps, actor, input);
    out.result(result, result.isInForce ? '已忽略。' : '已记下；还要另一个人确认才算。');
    return 0;
  },
});

function untilOf(text: string | undefined): CalendarDate | null {
  if (text === undefined) return null;
  if (!isCalendarDate(text))
    throw new UserError('text.until', `--until “${text}”应写成 2020-09-17。`, { field: 'until' });
  return text;
}

const textIgnores = defineCommand<WordingDeps>({
  words: ['text', 'ignores'],
  summary: '列出决定忽略的表述',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out }) => {
    for (const one of await listIgnores(deps)) {
      const people =
        one.confirmedBy === null ? one.decidedBy : `${one.decidedBy}、${one.confirmedBy}`;
      const end = one.until === null ? '一直有效' : `到 ${one.until}`;
      out.result(
        one,
        `${one.text}\t${one.class}\t${one.severity}\t${one.urlPrefix || '全部'}\t${end}\t${people}：${one.reason}`,
      );
    }
    return 0;
  },
});

export const ignoreCommands: readonly Command<WordingDeps>[] = [textIgnore, textIgnores];
