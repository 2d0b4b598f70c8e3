import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, defineCommand } from '../cli/command.ts';
import { writeOfficialDocx } from '../documents/write-official-docx.ts';
import { isAddressRange } from '../lib/node/http/address-guard.ts';
import { chineseDate, shanghaiDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { kitFiles, kitLetter } from './allow-kit.ts';
import type { CrawlerIdentity } from './crawler-identity.ts';
import { MANNERS } from './manners.ts';

const LETTER = '放行函（样稿）.docx';

/** `site allow-kit`; reads who we are from the settings when it runs. */
export function allowKitCommand(identity: () => CrawlerIdentity): Command<unknown> {
  return defineCommand<unknown>({
    words: ['site', 'allow-kit'],
    summary: '给拦截我们的网站：出口地址、用户代理、防火墙规则样例和一份函',
    positionals: { name: '', min: 0, max: 0 },
    options: {
      out: { kind: 'text', value: '目录', help: '写到哪里，默认 放行材料' },
      address: { kind: 'many', value: '地址', help: '出口地址，代替设置里的，可多次' },
    },
    needs: 'none',
    run: async (context) => {
      const given = context.args.many('address');
      const wrong = given.find((each) => !isAddressRange(each));
      if (wrong !== undefined)
        throw new UserError('allow-kit.address', `“${wrong}”不是 IP 地址或网段。`, {
          field: 'address',
        });
      const who = given.length > 0 ? { ...identity(), addresses: given } : identity();
      const folder = resolve(context.cwd, context.args.text('out') ?? '放行材料');
      await mkdir(folder, { recursive: true });
      const files = kitFiles(who, MANNERS);
      for (const { name, text } of files) await writeFile(join(folder, name), text);
      const signedOn = chineseDate(shanghaiDate(context.now()));
      await writeFile(
        join(folder, LETTER),
        await writeOfficialDocx(kitLetter(who, MANNERS, signedOn)),
      );
      for (const missing of missingOf(who)) context.out.note(`提醒：${missing}`);
      const paths = [...files.map(({ name }) => name), LETTER].map((name) => join(folder, name));
      context.out.result({ folder, files: paths }, `已写到 ${folder}：${paths.length} 个文件`);
      return 0;
    },
  });
}

function missingOf({ operator, contact, addresses }: CrawlerIdentity): string[] {
  return [
    ...(addresses.length === 0 ? ['没有出口地址（XUNJIAN_CRAWL_ADDRESSES 或 --address）'] : []),
    ...(operator === null ? ['没有单位名称（XUNJIAN_OPERATOR）'] : []),
    ...(contact === null ? ['没有联系方式（XUNJIAN_CONTACT）'] : []),
  ];
}
