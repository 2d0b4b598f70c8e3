import type { FailingLink, SuspectedWords } from '../api/types.ts';

/** Chinese of the classes of links and words that a survey of a whole site tells apart. Pure. */
const LINK_CLASSES: Readonly<Record<FailingLink['class'], string>> = {
  ok: '正常',
  moved: '已转移（能打开）',
  dead: '死链',
  soft404: '假正常（其实没有内容）',
  redirectHome: '跳到首页',
  wrongTarget: '错链',
  blocked: '拦截我们',
  tls: '只是证书有问题',
  timeout: '超时',
  unobserved: '没能判断',
};
export const linkClassWords = (name: FailingLink['class']): string => LINK_CLASSES[name];

/** These say that something is wrong with the link; the others what we met, or that it works. */
export const isBroken = (name: FailingLink['class']): boolean =>
  name === 'dead' || name === 'soft404' || name === 'redirectHome' || name === 'wrongTarget';

/** Those that the machine has. */
export const WORD_CLASSES: Readonly<Record<string, string>> = {
  protectedName: '重要名称',
  expression: '表述',
  role: '职务',
  order: '领导排序',
  typo: '错别字',
  repeated: '重复',
  date: '日期',
  documentNumber: '文号',
  punctuation: '标点',
  amount: '金额',
  personalData: '个人信息',
  internalMark: '内部标记',
};
/** An office's lexicon may name a class of its own. */
export const wordClassWords = (name: string): string => WORD_CLASSES[name] ?? name;

export const SEVERITIES: Readonly<Record<SuspectedWords['severity'], string>> = {
  veto: '疑似严重表述错误',
  serious: '较重',
  ordinary: '一般',
  notice: '提示',
};
export const severityWords = (severity: SuspectedWords['severity']): string => SEVERITIES[severity];

const OUTCOMES: Readonly<Record<string, string>> = {
  page: '网页',
  unchanged: '没有变化的网页',
  file: '文件',
  redirect: '跳转',
  'http-error': '返回 4xx、5xx',
  failed: '没有应答',
  blocked: '被拦截',
  skipped: '没有访问',
};

/** `网页 2,400，文件 780`, most first. */
export function outcomesWords(outcomes: Readonly<Record<string, number>>): string {
  return Object.entries(outcomes)
    .sort(([, one], [, other]) => other - one)
    .map(([name, count]) => `${OUTCOMES[name] ?? name} ${count.toLocaleString('zh-CN')}`)
    .join('，');
}
