/** A unit as a link or a title names it. */
export interface NamedUnit {
  /** Places in its name without their kind, outermost first: 湖南省长沙市 → 湖南, 长沙. */
  readonly places: readonly string[];
  /** Body without place: 人民政府, 教育局. */
  readonly organ: string;
  readonly name: string;
}

const PLACE =
  /^([\p{Script=Han}]{2,9}?)(?:自治州|自治区|自治县|自治旗|地区|新区|省|市(?!场监|场管|政[管工园公设]|容|民[中服热])|州|盟|区|县|旗|镇|乡(?!建|村)|街道)/u;
/** A place without its kind ("省财政厅", "市教育局") says only: the one of this place. */
const BARE_PLACE =
  /^(?:本|我)?(?:省|市(?!场监|场管|政[管工园公设]|容|民[中服热])|州|区|县|旗|镇|乡(?!村))(?=[\p{Script=Han}]{2})/u;
const ORGAN =
  /^(?:人民政府|政府|[\p{Script=Han}]{2,16}(?:局|委员会|委|厅|办公室|办|管委会|法院|检察院|总队|支队|研究院|管理处))$/u;
const DRESS =
  /^(?:欢迎(?:访问|光临|来到)?|中国|首页|官方)+|(?:官方|门户|信息|政务)*(?:网站|官网|网)?(?:首页|主页)?$/gu;
const PLACES_MAX = 4;

/** Reads a unit's name; null for what is none. Precision before recall: anything unusual is null. */
export function readUnitName(text: string): NamedUnit | null {
  const name = text.replace(/[\s“”"《》[\]【】()（）·]/gu, '').replace(DRESS, '');
  if (name.length < 3 || name.length > 30) return null;
  const places: string[] = [];
  let rest = name.replace(BARE_PLACE, '');
  while (places.length < PLACES_MAX) {
    const match = PLACE.exec(rest);
    if (match === null || ORGAN.test(match[0]!)) break;
    places.push(match[1]!);
    rest = rest.slice(match[0]!.length);
  }
  if (!ORGAN.test(rest) || (rest === '政府' && places.length === 0)) return null;
  return { places, organ: rest.replace(/^政府$/u, '人民政府'), name };
}

/** The units that a page's title names: its parts between the usual dividers. */
export function unitsOfTitle(title: string): NamedUnit[] {
  return title
    .split(/[_|｜\-—–>»:：,，、\s]+/u)
    .slice(0, 8)
    .flatMap((part) => readUnitName(part) ?? []);
}

/** Bodies that the reform of 2018 and later ones renamed or merged: an old name leads to the new one rightly. */
const RENAMED: readonly RegExp[] = [
  /国土|土地|矿产|林业|海洋|测绘|规划|自然资源/u,
  /工商|质监|质量|食品|药品|食药|物价|知识产权|市场监/u,
  /扶贫|乡村振兴|农办|农业|畜牧|水产|农机/u,
  /安监|安全生产|应急|地震|防震/u,
  /物价|粮食|粮储|能源|发改|发展/u,
  /经委|经贸|经信|工信|工业|中小企业|大数据|数据|信息化/u,
  /编办|编制|人事|劳动|社保|人社|人力/u,
  /卫生|计生|人口|医保|医疗/u,
  /旅游|文化|广电|新闻出版|体育|文物/u,
  /建设|房产|房管|住建|住房|人防|园林|城管|城市管理|市政|市容/u,
  /政务|审批|行政服务|便民/u,
  /招商|商务|外经|投资|经合|合作/u,
  /环保|环境/u,
  /法制|司法/u,
  /国税|地税|税务/u,
  /民宗|民族|宗教|统战/u,
];

/** Whether two names can mean the same body: one is the other's short form, they share a word, or one follows the other. */
export function mayBeSameUnit(one: NamedUnit, other: NamedUnit): boolean {
  if (isShortOf(one.name, other.name) || isShortOf(other.name, one.name)) return true;
  if (!mayBeSamePlace(one, other)) return false;
  // A government's site often carries its bureaus' pages.
  if (other.organ === '人民政府') return true;
  const [mine, theirs] = [coreOf(one.organ), coreOf(other.organ)];
  if (isShortOf(mine, theirs) || isShortOf(theirs, mine) || shareWord(mine, theirs)) return true;
  return RENAMED.some((family) => family.test(mine) && family.test(theirs));
}

function mayBeSamePlace(one: NamedUnit, other: NamedUnit): boolean {
  if (one.places.length === 0 || other.places.length === 0) return true;
  return one.places.some((place) =>
    other.places.some((each) => isShortOf(place, each) || isShortOf(each, place)),
  );
}

/** One character in common proves nothing: 民政 and 财政. */
function shareWord(one: string, other: string): boolean {
  for (let at = 0; at + 1 < one.length; at += 1)
    if (other.includes(one.slice(at, at + 2))) return true;
  return false;
}

const coreOf = (organ: string): string =>
  organ.replace(/(?:局|委员会|委|厅|办公室|办|管委会|法院|检察院|管理|人民)/gu, '');

/** Whether the characters of a short form come in this order in the full name: 发改委 in 发展和改革委员会. */
function isShortOf(short: string, full: string): boolean {
  let at = 0;
  for (const character of full) if (character === short[at]) at += 1;
  return at === short.length;
}
