import { type Sheet, writeXlsx } from '../documents/workbook.ts';
import { type Acting, assertMay } from '../domain/acting.ts';
import type { StoreDeps } from '../store/store.ts';
import { type AskedUnit, requireUnit, roundOf } from './hold-unit.ts';
import { COLUMNS } from './read-rows.ts';
import { ruleNames } from './rule-names.ts';

const HEAD = Object.values(COLUMNS).map(([name]) => name);
/** Told in a sheet of their own: rows in the first sheet would be imported. */
const EXAMPLES: readonly (readonly string[])[] = [
  [
    ...['网站', '某某市人民政府门户网站', '4300000000', '', 'https://www.example.gov.cn/'],
    ...['某某市人民政府办公室', '2026-11-16', '正常', '', ''],
  ],
  [
    ...['网站', '某某市教育局', '', '', 'https://jyj.example.gov.cn/', '某某市教育局'],
    ...['2026-11-16', '有问题', '首页不更新', '11 月 1 日以后没有新内容'],
  ],
  [
    ...['新媒体', '某某发布', 'gh_1234567890ab', '微信公众号', '', '某某市委宣传部'],
    ...['2026-11-17', '有问题', '', '留言超过一周没有答复'],
  ],
];
const NOTES: readonly (readonly string[])[] = [
  ['怎样填'],
  ['第一张表里一行一个对象；一个对象有几个问题就写几行。没有问题的也要填，否则算没有检查。'],
  ['标识码（网站）或平台加账号 ID（新媒体）最准；没有就写网址，再没有才按名称对。'],
  ['检查结果写“正常”“有问题”或“无法判定”；有问题的，指标照“指标”表写，写不上的写问题描述。'],
  ['日期写成 2026-11-16；不要用公式。再次导入会替换草稿，报送以后改动要另报一版并写明原因。'],
];

/** An empty table with examples and the names of the round's rules (.xlsx). Throws {@link UserError} `selfcheck.unknown`. */
export async function selfCheckTemplate(
  deps: StoreDeps,
  acting: Acting,
  asked: AskedUnit,
): Promise<Uint8Array> {
  assertMay(acting, 'selfcheck.read');
  const { check } = await requireUnit(deps, acting, asked);
  const { ruleset } = await roundOf(deps, check);
  const rules: Sheet = {
    name: '指标',
    rows: [
      ['类别', '指标'],
      ...ruleNames(ruleset.rules).map(({ kind, label }) => [
        kind === 'site' ? '网站' : '新媒体',
        label,
      ]),
    ],
  };
  return writeXlsx([
    { name: '自查结果', rows: [HEAD] },
    { name: '填写示例', rows: [HEAD, ...EXAMPLES] },
    rules,
    { name: '说明', rows: NOTES },
  ]);
}
