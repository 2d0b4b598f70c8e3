import type { SectionItem } from '../api/types.ts';

// The Chinese of what gathering speaks of in short English words. An unknown word is shown as it came: facts outlive their code.

const OUTCOMES: Readonly<Record<string, string>> = {
  ok: '正常',
  failed: '打不开',
  blocked: '被拦截（不说明网站有问题）',
  own: '我方网络故障（不计）',
  'http-error': '返回错误',
  refused: '未访问（超出预算或地址不允许）',
};
const ERROR_CLASSES: Readonly<Record<string, string>> = {
  dns: '域名无法解析',
  refused: '拒绝连接',
  reset: '连接中断',
  timeout: '超时',
  tls: '证书或加密错误',
  http5xx: '服务器错误（5xx）',
  http4xx: '页面错误（4xx）',
  'redirect-loop': '循环跳转',
  empty: '空页面',
  protocol: '协议错误',
  'forbidden-address': '地址不允许访问',
};
/** Kinds of the standard (栏目类别), in the order in which a person chooses. */
export const SECTION_KINDS: Readonly<Record<SectionItem['kind'], string>> = {
  news: '动态要闻',
  notice: '通知公告',
  policy: '政策文件',
  interpretation: '政策解读',
  functions: '机构职能',
  leaders: '领导信息',
  overview: '概况信息',
  service: '办事服务',
  consultation: '咨询留言',
  survey: '征集调查',
  interview: '在线访谈',
  interaction: '互动交流',
  disclosure: '信息公开',
  data: '数据发布',
  topic: '专题专栏',
  list: '其他列表',
  page: '其他单页',
  external: '站外链接',
};
const KIND_SOURCES: Readonly<Record<SectionItem['sources'][number], string>> = {
  person: '人工认定',
  tag: '页面标签',
  name: '名称',
  place: '上级栏目',
  url: '网址',
  content: '内容',
};
const ODDITIES: Readonly<Record<SectionItem['marks'][number]['oddity'], string>> = {
  blank: '空白',
  stale: '不更新',
  gone: '打不开',
  duplicate: '内容重复',
  misplaced: '内容与名称不符',
  deep: '层级过深',
  oneItem: '只有一条',
};
const SECTION_CONTENTS: Readonly<Record<string, string>> = {
  listed: '有内容',
  blank: '空白',
  single: '单页',
  query: '查询页',
  script: '须渲染才能看到',
  unobserved: '没能看到',
};
const PAGE_ROLES: Readonly<Record<string, string>> = {
  home: '首页',
  section: '栏目',
  article: '文章',
  guide: '办事指南',
  channel: '互动渠道',
  board: '留言板',
  message: '留言',
  data: '数据',
  script: '脚本',
  frame: '内嵌页',
  search: '站内搜索',
  attachment: '附件',
};
const FACT_KEYS: Readonly<Record<string, string>> = {
  'round.monitoredAt': '监测时间点',
  'subject.register': '名录登记',
  'site.visits': '首页可用性访问',
  'site.sharedOutage': '同址故障',
  'site.home': '首页',
  'site.sections': '栏目',
  'site.channels': '咨询建言渠道',
  'site.services': '办事服务',
  'site.footer': '页脚',
  'site.tags': '网页标签',
  'site.maintenance': '停机公告',
  'site.tree': '栏目结构',
  'site.sectionOddities': '栏目设置',
  'site.leaders': '领导信息',
  'site.boards': '留言公开',
  'site.statistics': '统计数据',
  'site.surveys': '征集调查',
  'site.policyLinks': '政策与解读的关联',
  'site.guideForms': '办事表格',
  'site.search': '站内搜索',
  'site.domain': '域名',
  'site.marks': '页脚标识',
  'site.pageTags': '内页标签',
  'site.ads': '商业广告',
  'site.leavingNotice': '离站提示',
  'site.reprint': '指定信息转载',
  'site.ipv6': 'IPv6',
  'site.transport': '加密连接与加载',
  'site.links': '链接',
  'site.text': '文字',
  'site.rendered': '浏览器所见',
  'site.accessibility': '无障碍',
  'site.ageing': '适老化',
  'account.feed': '信源',
  'account.wechat': '微信发布记录',
  'account.wechatInteraction': '微信互动设置',
  'account.weibo': '微博发布记录',
  'account.douyin': '抖音发布记录',
  'account.feeds': '其他信源',
  'account.articles': '文章链接',
  'account.submissions': '单位报送',
  'account.comments': '评论与答复',
  'account.observations': '人工观察',
  'account.register': '账号登记',
  'account.peers': '同平台的其他账号',
  'account.text': '标题文字',
};
const GATHERERS: Readonly<Record<string, string>> = {
  registry: '名录',
  observation: '人工观察',
  'crawl/site': '网站采集',
  'browser/site': '浏览器采集',
  'transport/look': '连接检测',
  'survey/links': '链接检查',
  'survey/text': '文字检查',
  'probe/visits': '首页访问',
  'probe/shared-outage': '首页访问',
  'accounts/titles': '文字检查',
  'feeds/feed': '信源',
  'feeds/wechat': '微信接口',
  'accounts/weibo': '微博接口',
  'accounts/douyin': '抖音接口',
  'accounts/article': '文章页',
  'accounts/wechat': '微信接口',
};
const FACT_STATES: Readonly<Record<string, string>> = {
  observed: '看到了',
  absent: '没有',
  unobserved: '没能看',
};

const say =
  (words: Readonly<Record<string, string>>) =>
  (word: string): string =>
    words[word] ?? word;

export const outcomeWords = say(OUTCOMES);
export const errorClassWords = say(ERROR_CLASSES);
export const sectionKindWords = say(SECTION_KINDS);
export const kindSourceWords = say(KIND_SOURCES);
export const oddityWords = say(ODDITIES);
export const sectionContentWords = say(SECTION_CONTENTS);
export const pageRoleWords = say(PAGE_ROLES);
export const factKeyWords = say(FACT_KEYS);
export const gathererWords = say(GATHERERS);
export const factStateWords = say(FACT_STATES);
