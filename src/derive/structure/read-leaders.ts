import type { TextRun } from '../site/linear-text.ts';

/** One person as a page of leaders prints them. */
export interface LeaderReading {
  readonly name: string;
  readonly post: string;
  /** Words of a life (出生, 学历, 参加工作) stand with the person. */
  readonly hasResume: boolean;
  /** Words of duties (负责, 分管, 工作分工) stand with the person. */
  readonly hasDuties: boolean;
}

const SURNAMES = new Set(
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖覃佘岳付付涂粟揭欧阳',
);
/** Words made like names; a heading is nobody. */
const NO_NAME =
  /^(时间|地点|单位|部门|简历|分工|职务|姓名|领导|成员|主任|书记|市长|县长|局长|区长|班子|首页|关于|通知|公告|新闻|动态|公开|服务|互动|查询|解读|文件|政策|安全|文化|教育|卫生|应急|广播|水利|农业|林业|农村|国土|万元|高新|经济|石油|金融|和谐|马上|方便|古城|全部|全市|全县|全省|全区|时政|国务院|国家|国内|华东|江苏|江西|山东|山西|广东|广西|安徽|宁夏|云南|贵州|房产|车辆|管理|查看|常用|常见|常务|明确|成立|計|计划|计量|任免|解决|应对|相关|游客|牛年|白皮书|平台|平安|单项|项目|强化|任务)/u;
/** Places whose first character is a surname too: 岳阳市, 于都县. Two characters may be anybody (李县). */
const PLACE = /^\p{Script=Han}{2,}(?:省|市|县|区|州|盟|旗)$/u;
export const POST =
  /(书记|主席|市长|县长|区长|省长|州长|镇长|乡长|旗长|盟长|局长|厅长|院长|部长|主任|秘书长|检察长|组长|处长|科长|司长|署长|行长|站长|所长|队长|校长|馆长|团长|关长|会长|委员|常委|成员|党组|巡视员|调研员|总师|工程师|会计师|经济师|政委|督察|专员|参谋|顾问|领导)/u;
export const DUTIES =
  /分工|职责|分管|协管|主管|主持.{0,12}工作|负责.{2,}|协助.{1,20}(负责|分管|工作)|联系.{2,20}(工作|单位|部门|街道|乡|镇|县|区|企业|村)|联系各|牵头|统筹|(具体|重点)?抓(好|实|牢)?[^住紧拍阄].{1,}|挂(点|联|钩)|归口/u;
export const RESUME =
  /简历|出生|生于|籍贯|参加工作|学历|毕业|学位|中共党员|入党|加入中国共产党|汉族|族[，,]|人[，,]\d{4}年|\d{4}[.．年]\s?\d{1,2}月?生|\d{4}[.．年]\s?\d{1,2}月?\s?[-–—~至]{1,2}\s?\d{4}|(本科|大专|研究生|大学)(学历|文化|学习)|历任/u;
/** People of one page; a large portal has two dozen. */
const PEOPLE_MAX = 60;
/** Runs after a name that still speak of that person. */
const RUNS_OF_ONE = 40;

/** A personal name standing alone, without its inner gap (`张 三`); '' when the words are none. */
export function personName(text: string): string {
  const bare = text
    .normalize('NFKC')
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    .trim();
  const name = bare
    .replace(/(同志|先生|女士)$/u, '')
    .replace(/[(（](女|男|.{1,3}族|女，?.{1,3}族)[)）]$/u, '');
  if (!/^\p{Script=Han}{2,4}$|^\p{Script=Han}{2,6}·\p{Script=Han}{2,8}$/u.test(name)) return '';
  const dotted = name.includes('·');
  if (!dotted && !SURNAMES.has(name[0]!)) return '';
  return NO_NAME.test(name) ||
    PLACE.test(name) ||
    POST.test(name) ||
    (name.length === 4 && !isLongName(name))
    ? ''
    : name;
}

const isLongName = (name: string): boolean =>
  /^(欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|司徒|长孙|宇文|端木|东方|南宫)/u.test(
    name,
  ) || name.includes('·');

interface Found {
  readonly at: number;
  readonly name: string;
  readonly post: string;
}

/** People with their posts in the runs of a page, in order; one entry each. */
export function readLeaders(runs: readonly TextRun[]): readonly LeaderReading[] {
  const found: Found[] = [];
  const seen = new Set<string>();
  const postFirst = postsStandFirst(runs);
  for (let at = 0; at < runs.length && found.length < PEOPLE_MAX; at += 1) {
    const person = personAt(runs, at, postFirst);
    if (!person || seen.has(person.name)) continue;
    seen.add(person.name);
    found.push({ ...person, at });
  }
  return found.map(({ name, post, at }, index) => {
    const end = Math.min(found[index + 1]?.at ?? runs.length, at + RUNS_OF_ONE);
    const said = runs.slice(at, end).map((run) => run.text);
    return {
      name,
      post,
      hasResume: said.some((text) => RESUME.test(text)),
      hasDuties: said.some((text) => DUTIES.test(text)),
    };
  });
}

const POST_LENGTH_MAX = 40;

/** `市长：张三`, `张三　市长`, `姓名：张三` with its 职务, or a name with its post in the run beside it. */
function personAt(
  runs: readonly TextRun[],
  at: number,
  postFirst: boolean,
): Omit<Found, 'at'> | null {
  const run = runs[at]!;
  if (run.text.length > 120) return null;
  const labelled = /^姓\s{0,4}名\s{0,2}[:：]?\s{0,4}(\S{2,12})/u.exec(run.text);
  const after = runs[at + 1]?.text ?? '';
  if (labelled) {
    const name = personName(labelled[1]!);
    return name === '' ? null : { name, post: postNear(runs, at) };
  }
  const own = inOneRun(run);
  if (own) return own;
  const name = personName(run.text);
  if (name === '') return null;
  const before = runs[at - 1]?.text ?? '';
  const post = (postFirst ? [before, after] : [after, before]).find(isPost);
  return post === undefined ? null : { name, post: cleanPost(post) };
}

/** On cards one after the other every name stands between two posts: the first and the last name tell which is whose. */
function postsStandFirst(runs: readonly TextRun[]): boolean {
  const names = runs.flatMap((run, at) => (personName(run.text) === '' ? [] : [at]));
  const [first, last] = [names[0], names.at(-1)];
  if (first === undefined || last === undefined) return false;
  return isPost(runs[first - 1]?.text ?? '') && !isPost(runs[last + 1]?.text ?? '');
}

const isPost = (text: string): boolean =>
  text.length >= 2 && text.length <= POST_LENGTH_MAX && POST.test(text) && personName(text) === '';

const cleanPost = (text: string): string => text.replace(/^职\s*务\s*[:：]?/u, '').trim();

function inOneRun(run: TextRun): Omit<Found, 'at'> | null {
  const [first = '', ...rest] = run.text.split(/[:：，,\s|]+/u).filter((word) => word !== '');
  const second = rest.join('');
  if (second === '' || second.length > POST_LENGTH_MAX) return null;
  const name = personName(first);
  if (name !== '' && isPost(second)) return { name, post: cleanPost(second) };
  const other = personName(second);
  return other !== '' && isPost(first) ? { name: other, post: first } : null;
}

/** The post behind a label of its own, close after the name. */
function postNear(runs: readonly TextRun[], at: number): string {
  for (let index = at; index < Math.min(runs.length, at + 8); index += 1) {
    const said = /职\s{0,4}务\s{0,2}[:：]?\s{0,4}(\S.{0,60})/u.exec(runs[index]!.text)?.[1];
    if (said) return said.slice(0, POST_LENGTH_MAX).trim();
    if (/^职\s{0,4}务\s{0,2}[:：]?$/u.test(runs[index]!.text))
      return runs[index + 1]?.text.slice(0, POST_LENGTH_MAX) ?? '';
  }
  return '';
}
