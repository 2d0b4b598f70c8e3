/** Whose bulletin it is: the words for "the whole province" and whom the document addresses. */
export interface Place {
  /** 全省, 全区, 全市, 全州, 全县 … */
  readonly whole: string;
  /** 主送机关. */
  readonly recipients: string;
}

const PROVINCE: Place = {
  whole: '全省',
  recipients: '各市州人民政府，省政府各厅委、各直属机构：',
};

/** By the end of the place's name; the first match wins (自治区 before 区, 自治州 before 州). */
const PLACES: readonly (readonly [RegExp, Place])[] = [
  [/省$/, PROVINCE],
  [
    /自治区$/,
    { whole: '全区', recipients: '各市、县人民政府，自治区人民政府各组成部门、各直属机构：' },
  ],
  [/州$/, { whole: '全州', recipients: '各县市人民政府，州政府各部门、各直属机构：' }],
  [/盟$/, { whole: '全盟', recipients: '各旗县市人民政府，行署各部门、各直属机构：' }],
  [/市$/, { whole: '全市', recipients: '各县（市、区）人民政府，市政府各部门、各直属机构：' }],
  [/县$/, { whole: '全县', recipients: '各乡镇人民政府，县政府各部门、各直属机构：' }],
  [/旗$/, { whole: '全旗', recipients: '各苏木乡镇人民政府，旗政府各部门、各直属机构：' }],
  [/区$/, { whole: '全区', recipients: '各街道办事处、乡镇人民政府，区政府各部门、各直属机构：' }],
];

/** The place from the roots of the register's unit tree; several roots, or a name that says nothing, stand for a province. */
export function placeOf(rootNames: readonly string[]): Place {
  const [name, ...others] = rootNames;
  if (name === undefined || others.length > 0) return PROVINCE;
  return PLACES.find(([ending]) => ending.test(name))?.[1] ?? PROVINCE;
}
