import type { AccountPlatform } from '../../domain/discovered-account.ts';

/** Bodies of the made web: every site one place and one body, so that names of accounts speak of it or do not. */
const PLACES =
  '衡南 祁东 耒阳 常宁 衡东 攸县 醴陵 浏阳 宁乡 韶山 湘乡 湘阴 平江 汨罗 临湘 华容 桃源 石门 澧县 津市 安乡 汉寿 慈利 桑植 南县 桃江 安化 沅江 资兴 桂阳 宜章 永兴 嘉禾 临武 汝城 桂东 安仁 祁阳 东安 双牌 道县 江永 宁远 蓝山 新田 江华 沅陵 辰溪 溆浦 会同 麻阳 新晃 芷江 靖州 通道 洪江 新化 双峰 涟源 吉首 泸溪 凤凰 花垣 保靖 古丈 永顺 龙山 武冈 邵东 新邵 隆回 洞口 绥宁 新宁 城步'.split(
    ' ',
  );

interface Body {
  readonly title: (place: string) => string;
  readonly sponsor: (place: string) => string;
  readonly topics: readonly string[];
}

const BODIES: readonly Body[] = [
  body('人民政府门户网站', '人民政府办公室', ['发布', '政务', '微政务', '融媒']),
  body('教育局', '教育局', ['教育', '智慧教育', '招生考试']),
  body('卫生健康局', '卫生健康局', ['卫健', '健康', '疾控']),
  body('住房和城乡建设局', '住房和城乡建设局', ['住建', '公积金', '安居']),
  body('公安局', '公安局', ['公安', '交警', '平安']),
  body('文化旅游广电体育局', '文化旅游广电体育局', ['文旅', '全域旅游', '图书馆']),
  body('市场监督管理局', '市场监督管理局', ['市场监管', '消费维权']),
  body('自然资源局', '自然资源局', ['自然资源', '不动产']),
  body('司法局', '司法局', ['司法行政', '普法', '公证']),
  body('应急管理局', '应急管理局', ['应急', '防灾减灾']),
];

function body(name: string, sponsor: string, topics: readonly string[]): Body {
  return {
    title: (place) => `${place}县${name}`,
    sponsor: (place) => `${place}县${sponsor}`,
    topics,
  };
}

/** Names that say nothing of whose they are. */
const BRANDS =
  '老乡快办 湘水微澜 小城大事 阳光问政厅 一门通办 乡音乡情 清风廉韵 掌心办 随手拍拍 百姓茶馆'.split(
    ' ',
  );

export interface MadeBody {
  readonly place: string;
  readonly title: string;
  readonly sponsor: string;
  readonly host: string;
  /** The next name of an account that nobody has yet. */
  readonly nextName: (platform: AccountPlatform) => string;
}

/** Share of accounts whose name does not speak of the body. */
const BRAND_SHARE = 0.08;

/** The body of site number `index`. */
export function madeBody(index: number, random: () => number): MadeBody {
  const place = PLACES[index % PLACES.length]!;
  const { title, sponsor, topics } =
    BODIES[(index * 7 + Math.floor(index / PLACES.length)) % BODIES.length]!;
  const names = [
    ...topics.flatMap((topic) => [
      `${place}${topic}`,
      `${topic}${place}`,
      `${place}县${topic}`,
      `${place}${topic}在线`,
    ]),
    ...['微生活', '播报', '视界', '之声', '小喇叭', '直通车', '便民'].map(
      (each) => `${place}${each}`,
    ),
  ].sort(() => random() - 0.5);
  let at = 0;
  return {
    ...{ place, title: title(place), sponsor: sponsor(place), host: `www.s${index}.gov.cn` },
    nextName: () => {
      at += 1;
      if (random() < BRAND_SHARE)
        return `${BRANDS[(index + at) % BRANDS.length]}${at > 1 ? ['', '号', '站'][at % 3] : ''}`;
      return names[at % names.length]!;
    },
  };
}

/** A body that has nothing to do with site number `index`. */
export const strangerOf = (index: number, random: () => number): string =>
  PLACES[(index + 11 + Math.floor(random() * 40)) % PLACES.length]!;
