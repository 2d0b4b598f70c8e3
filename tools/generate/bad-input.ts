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

const ATTACHMENT = 'src/documents/attachment.test.ts';
const CASES = 'src/rectification/cases/case-life.test.ts';
const DELIVERIES = 'src/notify/deliver/deliveries.test.ts';
const TEMPLATES = 'src/bulletin/template/templates.test.ts';
const BULLETIN = 'src/bulletin/bulletin-http.test.ts';
const FIND_ERRORS = 'src/finderror/find-errors.test.ts';

/** Bad input of new-media sources (issue “new media”, 坏输入), each a fact or a clear refusal. */
const SOURCES: readonly Row[] = [
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

/** Faults on the way from a bulletin to a mended subject: a clear message, nothing lost, nothing sent twice. */
const PAPER: readonly Row[] = [
  ['改了扩展名的附件', '按内容认类型，名字不算', ATTACHMENT, '名字说谎.exe'],
  ['程序、网页、压缩包、残缺的文件', '拒收，说明收什么', ATTACHMENT, 'a page called a picture'],
  [
    '带宏的 .docx',
    '拒收，说明是宏',
    ATTACHMENT,
    'a document with a program inside is refused by name',
  ],
  [
    '过大的附件',
    '不看内容就拒收',
    ATTACHMENT,
    'one that is too large is refused before it is looked at',
  ],
  [
    '办结以后的反馈',
    '拒收，说明已经办结',
    CASES,
    'takes nothing after its end, says so, and keeps nothing',
  ],
  [
    '两人同时决定一件事项',
    '只算一个，另一人知道谁在何时决定了什么',
    CASES,
    'is decided once: the second of two is told who decided what and when',
  ],
  [
    '两人同时制发整改通知',
    '每个单位只有一份',
    CASES,
    'tell each unit once, whoever makes them and how often',
  ],
  [
    '两人同时签发通报',
    '先后各算一次',
    BULLETIN,
    'two who sign at once: one after the other, and only once each',
  ],
  [
    '时钟调回（催办）',
    '催过的不再催',
    CASES,
    'is reminded of once, also when the clock is put back',
  ],
  [
    '时钟调回（发送）',
    '什么也不积压',
    DELIVERIES,
    'a clock that is put back keeps nothing waiting for the day that it lost',
  ],
  [
    '邮件服务器停了一天',
    '恢复后补发，不丢也不重',
    DELIVERIES,
    'a server that is down for a day loses nothing and doubles nothing',
  ],
  [
    '发送与记录之间进程被杀',
    '不重发，有人看得到',
    DELIVERIES,
    'killed between sending and recording: nothing is sent twice, and a person sees it',
  ],
  ['两个进程同时发送', '只发一次', DELIVERIES, 'two workers at once send once'],
  ['条件写坏的通报模板', '说明哪里写坏，不能使用', TEMPLATES, 'a condition that breaks off'],
  ['条件是代码的通报模板', '从不执行', TEMPLATES, 'a condition that is code'],
  [
    '一份写坏的模板',
    '列出毛病，别的模板照用',
    TEMPLATES,
    'is listed with its faults, breaks no other',
  ],
  [
    '公开表单被刷',
    '每处每天有限，超过的只计数',
    FIND_ERRORS,
    'takes so many of an address and of all, the same once, and counts what it refuses',
  ],
];

/** The tables, each row checked against its test: one that is gone or was renamed fails the generation. */
export async function badInput(): Promise<string> {
  return [
    '# 坏输入',
    '',
    '由 `npm run generate` 从 `tools/generate/bad-input.ts` 生成；测试改名或删除时生成失败。',
    ...(await section('新媒体', '每一种都成为事实（没能看）或明确的拒绝，从不成为问题。', SOURCES)),
    ...(await section(
      '通报、整改与通知',
      '每一种都有明确的说明，什么也不丢，什么也不重发。',
      PAPER,
    )),
    '',
  ].join('\n');
}

async function section(title: string, promise: string, rows: readonly Row[]): Promise<string[]> {
  const lines = await Promise.all(
    rows.map(async ([input, outcome, file, test]) => {
      if (!(await readFile(join(ROOT, file), 'utf8')).includes(test))
        throw new Error(`${file} 里没有测试“${test}”；请改 tools/generate/bad-input.ts。`);
      return `| ${input} | ${outcome} | \`${file}\`：${test.replaceAll("'", '')} |`;
    }),
  );
  const head = ['| 输入 | 结果 | 测试 |', '| --- | --- | --- |'];
  return ['', `## ${title}`, '', promise, '', ...head, ...lines];
}
