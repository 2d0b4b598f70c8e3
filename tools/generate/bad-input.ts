import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../source-files.ts';

export const BAD_INPUT = 'docs/generated/bad-input.md';

/** What comes in; what comes out; the test that shows it, by its file and words of its name that stand there. */
type Row = readonly [input: string, outcome: string, file: string, test: string];

const FEED = 'src/gather/feeds/gather-feed.test.ts';
const PARSE = 'src/gather/feeds/parse-feed.test.ts';
const CLIENT = 'src/gather/accounts/wechat/wechat-client.test.ts';
const DOUYIN = 'src/gather/accounts/douyin/gather-douyin.test.ts';
const WECHAT = 'src/wechat/wechat.test.ts';
const CODES = 'src/gather/pictures/read-codes.test.ts';
const SIGHTS = 'src/inspection/observe/observations.test.ts';
const DISCOVER = 'src/discovery/discover-command.test.ts';

/** Bad input of new-media sources (issue “new media”, 坏输入), each a fact or a clear refusal. */
const ROWS: readonly Row[] = [
  [
    '订阅里日期在将来的条目',
    '不算最新，单独计数',
    FEED,
    'items after the monitoring day are the future, that day itself is not',
  ],
  [
    '同上：账号矩阵',
    '不结束更新提醒',
    'src/matrix/watch-accounts.test.ts',
    'a post of the future ends nothing',
  ],
  [
    '没有日期、日期是“昨天”的条目',
    '不算最新，单独计数',
    FEED,
    'deleted and undated items prove nothing',
  ],
  [
    '9999 年、1970 年',
    '前者算将来，后者算没有日期',
    FEED,
    'items dated beyond time are the future, those dated 1970 have no date',
  ],
  ['2 月 31 日、五位数的年份', '算没有日期', PARSE, 'an absurd date is none'],
  ['50 MB 的订阅', '读到 5 MB 为止，记为没能看', FEED, 'a feed of 50 MB'],
  ['压缩炸弹', '解到 5 MB 为止，记为没能看', FEED, 'a gzip bomb'],
  ['实体炸弹、读本机文件的实体（订阅）', '拒绝解析，记为没能看', PARSE, 'an entity bomb'],
  ['实体炸弹（微信回调）', '403，什么也不改变', WECHAT, 'an entity bomb'],
  ['重复的 guid', '内容相同的算一条，不同的一条不少', FEED, 'repeated ids lose no item'],
  ['是网页而不是 XML', '没能看：打开的是网页', FEED, 'a page instead of a feed'],
  ['转到登录页', '没能看，不说明账号没有更新', FEED, 'a redirect to a login page'],
  ['转到本机或内网', '不跟去，记为没能看', FEED, 'our own network'],
  [
    '令牌一直不应答（公众号）',
    '到时为止，记为没能看，别的接口不再问',
    CLIENT,
    'a token answer that never comes ends in its time, and nothing else is asked',
  ],
  ['令牌一直不应答（抖音）', '记为没能看，信源等待', DOUYIN, 'a token answer that never comes'],
  [
    '令牌一直不应答（第三方平台）',
    '不记为收过，微信再发时办成',
    WECHAT,
    'an answer that never comes makes the platform send its event again, and then it is taken',
  ],
  [
    '重放的、过期的回调',
    '403：已经收过；时间相差太多',
    WECHAT,
    'a replay and an old one are refused',
  ],
  [
    '重放到另一个进程',
    '403，几个进程合起来只收一次',
    WECHAT,
    'one that another process took is a replay too',
  ],
  ['签名不对的回调', '403，什么也不改变', WECHAT, 'a wrong signature'],
  ['AppID、密钥不是我们的回调', '403，什么也不改变', WECHAT, 'another AppID'],
  ['过大的回调', '413，不解析', WECHAT, 'a huge body'],
  ['不是图片的图片（二维码）', '说明不是图片，继续看别的', CODES, '这不是图片，虽然名字叫 qr.png'],
  ['解开以后过大的图片', '不解，说明过大', CODES, 'a PNG that unpacks to more than it says'],
  ['不是图片的图片（人工观察）', '拒收：picture.type', SIGHTS, "'a page'"],
  [
    '指向内网地址的二维码',
    '不是账号，也从不访问那个地址',
    DISCOVER,
    'asks a short link once, its target never, and no address that only a code names',
  ],
];

/** The table, each row checked against its test: one that is gone or was renamed fails the generation. */
export async function badInput(): Promise<string> {
  const lines = await Promise.all(
    ROWS.map(async ([input, outcome, file, test]) => {
      if (!(await readFile(join(ROOT, file), 'utf8')).includes(test))
        throw new Error(`${file} 里没有测试“${test}”；请改 tools/generate/bad-input.ts。`);
      return `| ${input} | ${outcome} | \`${file}\`：${test.replaceAll("'", '')} |`;
    }),
  );
  return [
    '# 新媒体的坏输入',
    '',
    '由 `npm run generate` 从 `tools/generate/bad-input.ts` 生成；测试改名或删除时生成失败。每一种都成为事实（没能看）或明确的拒绝，从不成为问题。',
    '',
    '| 输入 | 结果 | 测试 |',
    '| --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}
