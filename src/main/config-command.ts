import { type Command, defineCommand } from '../cli/command.ts';
import { effectiveSettings, unknownSettings } from './config.ts';

const ORIGINS = { default: '默认', environment: '环境变量', option: '选项' } as const;

/** `xunjian config` and `xunjian config show`: the settings that this environment gives, without secrets. */
export const configCommands: readonly Command<unknown>[] = [['config', 'show'], ['config']].map(
  (words) =>
    defineCommand<unknown>({
      words,
      summary: words.length > 1 ? '显示实际生效的设置和来源（不含密码）' : '同 config show',
      positionals: { name: '', min: 0, max: 0 },
      options: {},
      needs: 'none',
      run: async ({ args, out, dataDir }) => {
        const option = args.text('data') === undefined ? undefined : dataDir;
        for (const warning of unknownSettings()) out.note(`注意：${warning}`);
        for (const setting of effectiveSettings(option)) {
          const origin = ORIGINS[setting.origin];
          out.result(setting, `${setting.name}\t${setting.value}\t${origin}\t${setting.meaning}`);
        }
        return 0;
      },
    }),
);
