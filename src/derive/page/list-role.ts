import type { Element } from 'domhandler';
import { ancestorsOf, asElement, isFrameElement, namesOf } from './page-dom.ts';
import type { PageItem } from './page-list.ts';
import { isHidden, type PageText, type Place, tidy } from './page-text.ts';

/** Titles of information are sentences, names of sections are words. */
const SENTENCE_MIN = 9;
/** Average length of undated titles from which a list is information and not a menu of sections or offices. */
const UNDATED_TITLE_MEAN = 12;
const MENU_WORDS =
  /^(?:网站首页|首页|设为首页|加入收藏|无障碍.{0,4}|长者.{0,4}|关怀版|登录|注册|退出|繁[体體].{0,2}|简[体體].{0,2}|English|手机版|移动版|微信|微博|客户端|RSS.{0,4}|网站地图|站点地图|网站声明|联系我们|关于我们|隐私.{0,4}|版权.{0,4}|使用帮助|网站帮助)$/i;
/** The same when nearly every address tells a day, and not all the same one: 召开座谈会的通知. */
const ADDRESSED_TITLE_MEAN = 6;
/** Names of offices and places: what lists of neighbours and friend links are made of. */
const OFFICE_WORDS =
  /(?:政府|委员会|学会|协会|基金会|公司|大学|学院|医院|中心|平台|[局厅委办院会社团馆所站队网市州县区省镇乡])[）)]?$/;

/**
 * Information or navigation. Rows with dates beside them are information; a date in the address alone says little (menus of old
 * pages have those too), so such rows, like undated ones, must read like titles and stand outside the page's frame.
 */
export function listRole(
  page: PageText,
  items: readonly PageItem[],
  container: Element,
): 'content' | 'navigation' {
  const count = items.length;
  const sentences = items.filter((item) => item.title.length >= SENTENCE_MIN).length;
  const dated = items.filter(
    (item) => item.date !== null && item.date.source !== 'item-url',
  ).length;
  if (items.some((item) => MENU_WORDS.test(item.title)) && sentences * 2 < count)
    return 'navigation';
  const inFrame = standsInFrame(page, container);
  if (dated > 0) {
    if (inFrame && sentences === 0) return 'navigation';
    return dated * 3 >= count || sentences * 2 >= count ? 'content' : 'navigation';
  }
  if (inFrame || count < 2) return 'navigation';
  const mean = items.reduce((sum, item) => sum + item.title.length, 0) / count;
  const offices = items.filter((item) => OFFICE_WORDS.test(item.title)).length;
  if (items.filter((item) => isFrontDoor(item.url)).length * 2 > count) return 'navigation';
  const days = new Set(items.flatMap(({ date }) => date?.value ?? []));
  if (offices * 2 >= count) return 'navigation';
  const inAddress = items.filter((item) => item.date !== null).length;
  const isInformation =
    days.size > 1 && inAddress * 10 >= count * 8
      ? mean >= ADDRESSED_TITLE_MEAN
      : mean >= UNDATED_TITLE_MEAN && sentences * 10 >= count * 7;
  return isInformation ? 'content' : 'navigation';
}

/** A link to the home page of a site: a neighbour, not an entry. */
function isFrontDoor(url: string | null): boolean {
  return url !== null && /^https?:\/\/[^/]+\/?(?:index\.\w{1,6})?$/i.test(url);
}

/** A wrapper around most of the page is not its frame, whatever it is called. */
const FRAME_SHARE_MAX = 0.5;
const FOOTER_NAMES = /foot|bottom|copyright/;
const FOOTER_WORDS = /ICP备|版权所有|标识码|公网安备|主办单位|承办单位/;
/** Footers with friend links and postal addresses stay below this. */
const FOOTER_LENGTH_MAX = 2_000;

/** Whether an element stands in the page's frame: header, menus, breadcrumb, pager, friend links, footer. */
export function standsInFrame(page: PageText, element: Element): boolean {
  const whole = page.text.length;
  for (const each of [element, ...ancestorsOf(element)]) {
    if (!isFrameElement(each)) continue;
    const place = page.places.get(each);
    if (
      place &&
      (place.end - place.start <= whole * FRAME_SHARE_MAX ||
        /^(nav|footer|header)$/.test(each.name) ||
        isClosingFooter(page, each, place))
    )
      return true;
  }
  return false;
}

/** On a nearly empty page the footer is most of the text: it closes the page and says whose page it is. */
function isClosingFooter(page: PageText, element: Element, place: Place): boolean {
  const length = place.end - place.start;
  return (
    FOOTER_NAMES.test(namesOf(element)) &&
    place.start > 0 &&
    length <= FOOTER_LENGTH_MAX &&
    page.text.length - place.end <= length &&
    FOOTER_WORDS.test(page.text.slice(place.start, place.end)) &&
    tidy(page.text.slice(0, place.start)) !== ''
  );
}

const ASIDE_NAMES =
  /(?:^|[\s_-])(?:side|sider|sidebar|aside|hot|hots|rank|ranking|recommend|tuijian|tj|paihang|phb|related|relate|xgyd|xgxx|xgwz|xgwj|relnews|guess)(?=$|[\s_\d-])/;
const ASIDE_HEADS =
  /(?:相关(?:阅读|文章|新闻|链接|信息|稿件|文档|推荐|内容|解读|文件|资讯|报道)|热门|热点|推荐|排行|猜你喜欢|延伸阅读|扩展阅读|点击榜|关注榜|最新(?:信息|发布|文章|动态|更新|消息)|大家都在看|上一[篇条]|下一[篇条])[\s:：>»+]{0,3}(?:更多.{0,3}|more.{0,3})?\s*$/i;
const HEAD_MAX = 40;

/** Whether a list stands beside the page's own content by its name or its heading (热点推荐, 相关阅读, side bar). */
export function standsBeside(page: PageText, container: Element): boolean {
  for (const each of [container, ...ancestorsOf(container)]) {
    if (each.name === 'aside') return true;
    const place = page.places.get(each);
    if (
      ASIDE_NAMES.test(namesOf(each)) &&
      place &&
      place.end - place.start <= page.text.length * FRAME_SHARE_MAX
    )
      return true;
  }
  const start = page.places.get(container)?.start ?? 0;
  const before = tidy(page.text.slice(Math.max(0, start - HEAD_MAX), start));
  return ASIDE_HEADS.test(before);
}

/** Hidden lists are unseen unless they are panes of a tab: then a brother of the same kind is shown. */
export function isUnseen(page: PageText, container: Element): boolean {
  if (!page.places.get(container)?.hidden) return false;
  let hidden: Element = container;
  for (const each of [container, ...ancestorsOf(container)]) if (isHidden(each)) hidden = each;
  const siblings = asElement(hidden.parent)?.children ?? [];
  return !siblings.some((sibling) => {
    const element = asElement(sibling);
    return element !== null && element !== hidden && isPane(element, hidden);
  });
}

/** Panes are called alike: one name in common, or none at all. */
function isPane(shown: Element, hidden: Element): boolean {
  if (shown.name !== hidden.name || isHidden(shown)) return false;
  const wordsOfName = (element: Element): string[] =>
    namesOf(element)
      .split(/[\s_\d-]+/)
      .filter((word) => word !== '');
  const [one, other] = [wordsOfName(shown), wordsOfName(hidden)];
  return one.length + other.length === 0 || one.some((word) => other.includes(word));
}
