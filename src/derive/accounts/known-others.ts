import { normalName } from './account-names.ts';

/**
 * Accounts and programs of national media, ministries and firms that pages everywhere show and that no local body runs. Only their
 * names are held; a site whose own name speaks of one is not touched by it.
 */
const OTHERS =
  '人民日报 人民网 新华社 新华网 新华视点 央视新闻 央视网 中国政府网 国务院客户端 国务院 中国政府法制 光明日报 经济日报 中国日报 求是 学习强国 学习小组 侠客岛 ' +
  '共青团中央 中央纪委国家监委 中国新闻网 澎湃新闻 环球时报 国家政务服务平台 国家反诈中心 个人所得税 交管12123 电子社保卡 铁路12306 国家医保服务平台 掌上12333 ' +
  '微信 支付宝 钉钉 腾讯会议 百度 高德地图 百度地图 腾讯地图 今日头条 抖音 快手 微博 QQ WPS WPSOffice AdobeReader Adobe Acrobat 福昕阅读器 FlashPlayer ' +
  'Chrome 谷歌浏览器 火狐浏览器 Firefox 360浏览器 360安全浏览器 搜狗浏览器 搜狗输入法 讯飞输入法 UC浏览器 迅雷 WinRAR 酷狗音乐 喜马拉雅 网易新闻 腾讯新闻';
const NAMES: ReadonlySet<string> = new Set(OTHERS.split(' ').map(normalName));
const PROGRAMS = /adobe|acrobat|flash|浏览器|阅读器|播放器|输入法|解压|winrar|wps/i;
/** Programs by the beginning of their package's name. */
const BUNDLES =
  /^(?:com\.(?:tencent|alibaba|eg\.android|baidu|autonavi|ss\.android|sina|qihoo|adobe|android|google|xunlei|sogou|UCMobile|ucmobile|kingsoft|cn21)|cn\.wps|cn\.gov\.tax\.its|com\.tmri\.app\.main|cn\.xuexi|com\.hicorenational|cn\.gov\.gjzwfw)/i;

/** Whether a name is one of somebody else's that stands on pages everywhere. */
export const isKnownOther = (name: string): boolean =>
  NAMES.has(normalName(name)) || PROGRAMS.test(name);

export const isKnownBundle = (bundle: string): boolean => BUNDLES.test(bundle);
