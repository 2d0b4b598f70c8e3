import type { GuideElement } from '../../domain/site-facts.ts';

/** Words that name each element category; usual synonyms accepted (issue, "Rules made exact"). */
const SYNONYMS: Readonly<Record<GuideElement, RegExp>> = {
  事项名称:
    /^(事项|项目|服务|业务|许可|审批|主项|子项|职权|权力|办理|服务事项|办事事项|政务服务事项|行政许可事项|审批事项|办理事项)?(名称|事项)$|^(基本)?事项名称?$/u,
  设定依据:
    /^(事项|主要|有关|相关)?(办理|法律|法定|法规|设立|设定|实施|政策|受理|审批|许可|行使|办事|申请|执行|权力|审核|服务|职权|办理政策|法律法规|政策法规|政策文件|法律政策|设定和实施)?(法律|法规|政策|文件)?依据$|^依据(文件|名称|条款)?$|^法律法规$/u,
  申请条件:
    /^(事项)?(申请|受理|办理|申报|准予|许可|审批|报名|申领|办事|资格|适用|服务|准入|批准|办证|登记|享受|审核|准予批准的|应当具备的|应具备的|须具备的)?(基本)?(条件|资格|资格条件|条件要求|要求)$|^(申请|受理|申报)范围$|^(准予|予以)(批准|许可)(的)?条件$/u,
  办理材料:
    /^(申报|申请|所需|提交|办事|办理|报送|受理|准备|必备|需提交|应提交|需提供|应提供|提供|需要|须提交|需准备|需携带|携带|所需提交|需提交的|应提交的|提交的|需要的|所需的|审批|报名|登记|须提供|需要提供|需要提交|申请人提交|申办)?(的)?(申请|申报)?(材料|资料|要件|证件|文件材料|证明材料)(目录|清单|名称|一览|要求|及要求)?$/u,
  办理地点:
    /^(受理|办理|办公|窗口|办事|服务|联系|咨询|受理窗口|办理窗口|现场办理|窗口办理|具体|申请|申报|接收|交件|受理机构|办理机构|机构|单位|大厅|办事大厅)?(地点|地址|场所|所在地)$|^(办理|受理|办事|服务)窗口$/u,
  办理时间:
    /^(办公|受理|工作|服务|办理|对外服务|对外办公|接待|上班|窗口|办事|咨询|对外|现场办理|窗口服务|窗口办理|办件|窗口办公|法定办公|政务服务|开放|营业|业务办理|申请)(时间|时段)(段|安排)?$|^(时间|作息时间)$/u,
  联系电话:
    /^(联系|咨询|办公|窗口|服务|受理|业务|查询|办理|咨询服务|业务咨询|对外咨询|联系咨询|咨询联系|办事|值班|固定|公开|受理窗口|联系人)?(电话|热线|电话号码|号码)$|^(联系|咨询)(方式|渠道|途径)$|^联系人电话$/u,
  办理流程:
    /^(办理|办事|审批|申请|受理|服务|业务|申报|工作|网上|线下|网上办理|窗口办理|线上|现场|操作|许可|办结|实施|登记|业务办理|网上申报|内部)?(流程|程序|步骤|流程图|程序图|环节|流程说明|流程描述|过程)$|^(办理|办事)?流程图?$/u,
};

/** Labels of a guide that are none of the eight; they end the value before them. 承诺时限 is no 办理时间. */
const OTHER_LABEL =
  /^(承诺|法定|办结|办理|审批|办件|受理|公示)?(时限|期限|办结时间|承诺时间|周期)$|^(是否)?(收费|费用)(标准|情况|依据|项目|方式)?$|^(监督|投诉|举报|监督投诉|投诉举报|监督举报|监督检查|投诉监督)(电话|方式|渠道|热线|途径)?$|^(服务|办理|申请|适用|面向|受理|行政相对人)(对象|主体|人|类别|方式|形式|结果|机构|机关|单位|部门|科室|类型|性质|深度)$|^(实施|责任|主管|承办|受理|决定|审批|联办|牵头)(主体|机关|部门|单位|机构|科室|处室)$|^(事项|权力|办件|行使|到场|送达|通办|网办|实施|项目)(类型|类别|性质|编码|版本|层级|来源|状态|范围|次数|方式|深度|编号|代码)$|^(注意事项|常见问题|备注|温馨提示|说明|结果(名称|样本|送达)?|办理结果|审批结果|附件|表格(下载)?|样表(下载)?|下载|相关(表格|下载|附件|链接)|中介服务|数量限制|年审年检|责任追究|行政救济|救济途径|权利(与|和)义务|网上办理|在线办理|在线申报|办理进程查询|查询(方式|途径)|交通(指引|路线)?|乘车路线|网址|(电子)?邮箱|邮编|传真|联系人|主办单位|承办单位|版权所有|技术支持|发布(时间|日期)|来源|作者|更新时间|浏览次数)$/u;

const NUMBERING =
  /^[（(【[]?\s*(第?[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）】\]]?\s*[、.．,，:：\s项]\s*|^[（(]\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）]\s*|^[①-⑳●■◆▶►*★□○◎➤]\s*/u;
const NO_ANSWER =
  /^(暂无|略|暂略|待定|待补充|待完善|暂缺|缺|空|未填写|未知|null|undefined|n\/?a|none|x{2,})$/iu;
/** For these `无` is an answer: no condition, no material needed. */
const NONE_IS_ANSWER: ReadonlySet<GuideElement> = new Set(['申请条件', '办理材料']);

/** A label without numbering, brackets, colon and inner gaps: `（一）【办 理 材 料】：` → `办理材料`. */
export function cleanLabel(text: string): string {
  return text
    .normalize('NFKC')
    .replace(NUMBERING, '')
    .replace(/[\s【】[\]「」《》*★●■◆:|]/gu, '')
    .replace(/\([^)]{0,20}\)$/u, '')
    .replace(/^[-–—、.]+|[-–—、.,;。]+$/gu, '');
}

/** The element categories that a label names; `办理时间和地点` names two. Empty when it names none. */
export function elementsOfLabel(label: string): readonly GuideElement[] {
  if (label.length < 2 || label.length > 16) return [];
  const whole = elementOf(label);
  if (whole) return [whole];
  const parts = label.split(/[及和与、/]|以及/u).filter((part) => part.length >= 2);
  if (parts.length < 2 || /[^\p{Script=Han}]/u.test(parts.join(''))) return [];
  const found = parts.map(elementOf).filter((element) => element !== null);
  if (parts.some((part) => part.length > 5 && !elementOf(part))) return [];
  return [...new Set(found)];
}

function elementOf(label: string): GuideElement | null {
  for (const [element, pattern] of Object.entries(SYNONYMS)) {
    if (pattern.test(label)) return element as GuideElement;
  }
  return null;
}

/** Whether the text is a usual label of guides that is none of the eight categories. */
export function isOtherLabel(label: string): boolean {
  return label.length <= 12 && OTHER_LABEL.test(label);
}

/** Whether `value` answers the element: empty, 略 and 暂无 do not; 无 does for conditions and materials only. */
export function isAnswer(element: GuideElement, value: string): boolean {
  const text = value.normalize('NFKC').replace(/[\s\-–—_/\\.。,;:、…()]+/gu, '');
  if (text === '' || NO_ANSWER.test(text)) return false;
  return text !== '无' || NONE_IS_ANSWER.has(element);
}
