/** The parameters of the rules as people call them; the numbers' units stand beside them. */
const WORDS: Readonly<Record<string, string>> = {
  confidenceMin: '把握下限',
  count: '个数',
  dataMonths: '数据发布类期限',
  days: '期限',
  daysMin: '最少监测天数',
  disclosureMonths: '信息公开类期限',
  expiryDays: '证书到期前',
  failPercent: '失败占比',
  graceDays: '宽限期',
  interactionMonths: '互动交流类期限',
  interpretationMonths: '解读回应类期限',
  items: '事项数',
  itemsBelow: '事项总数少于',
  lookbackMonths: '回看期限',
  missing: '缺失类别数',
  months: '期限',
  newsDays: '动态要闻类期限',
  noticePolicyMonths: '通知政策类期限',
  observationDays: '人工观察的前后期限',
  weiboOthers: '微博本人列表之外一致的信源',
  douyinOthers: '抖音本人列表之外一致的信源',
  overdueMonths: '逾期期限',
  pagesEnough: '足够的页面数',
  readEnough: '足够的份数',
  replyWorkdays: '答复期限',
  seconds: '秒数',
  seenDays: '观察的有效期',
  times: '次数',
  unknownMonths: '类别不明的期限',
  visitsMin: '最少访问次数',
};

/** A name that we do not know is shown as it stands: better than none. */
export function parameterName(name: string): string {
  return WORDS[name] ?? name;
}
