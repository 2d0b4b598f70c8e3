interface Ids {
  readonly site: number;
  readonly account: number;
  readonly finding: number;
}

/** One endpoint, asked again and again with other filters. */
export interface Asked {
  readonly name: string;
  readonly isOverview?: boolean;
  url(turn: number, ids: Ids): string;
}

const WORDS = [
  '教育局',
  '公安',
  '门户网站12',
  '第3市',
  'w77',
  '局',
  '发布9',
  '不存在的词',
  '4300000123',
];
const word = (turn: number): string => encodeURIComponent(WORDS[turn % WORDS.length]!);
const OFFSETS = [0, 50, 400, 2_000, 9_000];
const offset = (turn: number): number => OFFSETS[turn % OFFSETS.length]!;
const period = (turn: number): string => `${2016 + (turn % 5)}Q${1 + (turn % 4)}`;
const SORTS = ['order', 'name', '-name', 'sponsor'];
const sort = (turn: number): string => SORTS[turn % SORTS.length]!;
const STATUS = ['', '&status=breached', '&status=undetermined', '&status=all'];
const unit = (turn: number): number => 2 + (turn % 14);

export const ASKED: readonly Asked[] = [
  { name: '首页', isOverview: true, url: () => '/api/v1/overview' },
  { name: '首页·某期', isOverview: true, url: (turn) => `/api/v1/overview?period=${period(turn)}` },
  { name: '首页·下钻', isOverview: true, url: (turn) => `/api/v1/overview?unitId=${unit(turn)}` },
  { name: '单位树', url: () => '/api/v1/units' },
  { name: '网站', url: (turn) => `/api/v1/sites?offset=${offset(turn)}&sort=${sort(turn)}` },
  { name: '网站·搜索', url: (turn) => `/api/v1/sites?q=${word(turn)}` },
  { name: '网站·单位', url: (turn) => `/api/v1/sites?unitId=${unit(turn)}&sort=${sort(turn)}` },
  { name: '网站·某日', url: (turn) => `/api/v1/sites?asOf=2020-06-30&offset=${offset(turn)}` },
  { name: '账号', url: (turn) => `/api/v1/accounts?offset=${offset(turn)}&sort=${sort(turn)}` },
  { name: '账号·搜索', url: (turn) => `/api/v1/accounts?q=${word(turn)}` },
  {
    name: '账号·平台',
    url: (turn) => `/api/v1/accounts?platform=${encodeURIComponent('抖音号')}&unitId=${unit(turn)}`,
  },
  { name: '账号·某日', url: (turn) => `/api/v1/accounts?asOf=2020-06-30&offset=${offset(turn)}` },
  { name: '一个网站', url: (_turn, { site }) => `/api/v1/sites/${site}` },
  { name: '一个账号', url: (_turn, { account }) => `/api/v1/accounts/${account}` },
  { name: '网站某期', url: (turn, { site }) => `/api/v1/sites/${site}/rounds/${period(turn)}` },
  { name: '批次列表', url: () => '/api/v1/rounds' },
  { name: '一个批次', url: (turn) => `/api/v1/rounds/${period(turn)}` },
  {
    name: '批次对象',
    url: (turn) => `/api/v1/rounds/${period(turn)}/subjects?offset=${offset(turn)}`,
  },
  {
    name: '批次对象·搜索',
    url: (turn) => `/api/v1/rounds/${period(turn)}/subjects?q=${word(turn)}`,
  },
  {
    name: '批次对象·不合格',
    url: (turn) => `/api/v1/rounds/${period(turn)}/subjects?verdict=vetoed&offset=${offset(turn)}`,
  },
  {
    name: '问题',
    url: (turn) =>
      `/api/v1/findings?period=${period(turn)}&offset=${offset(turn) / 10}${STATUS[turn % STATUS.length]}`,
  },
  { name: '问题·搜索', url: (turn) => `/api/v1/findings?q=${word(turn)}` },
  { name: '问题·单位', url: (turn) => `/api/v1/findings?unitId=${unit(turn)}` },
  { name: '问题·等我', url: () => '/api/v1/findings?mine=waiting' },
  { name: '一个问题', url: (_turn, { finding }) => `/api/v1/findings/${finding}` },
];
