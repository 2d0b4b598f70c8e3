/** Departments that a city or a group of departments has; combined with places they give plausible, unlike names. */
export const DEPARTMENTS = [
  '发展和改革', '教育', '科学技术', '工业和信息化', '民族宗教事务', '公安', '民政', '司法', '财政', '人力资源和社会保障', '自然资源和规划', '生态环境', '住房和城乡建设', '交通运输',
  '水利', '农业农村', '商务', '文化旅游广电体育', '卫生健康', '退役军人事务', '应急管理', '审计', '市场监督管理', '统计', '医疗保障', '林业', '城市管理和综合执法', '信访', '行政审批服务', '国防动员',
] as const;

export const DISTRICTS = ['东湖', '西岭', '南城', '北塔', '清河', '石鼓', '安平', '永丰', '长宁', '新华', '临江', '白云', '桃源里', '金山', '望城坡'] as const;

export const ACCOUNT_FORMS = [
  (place: string, department: string) => `${place}${department}`,
  (place: string, department: string) => `${department}${place.replace(/[市州区县]$/, '')}`,
  (place: string, department: string) => `${place.replace(/[市州区县]$/, '')}${department}发布`,
  (place: string, department: string) => `${place.replace(/[市州区县]$/, '')}${department}微讯`,
] as const;

/** Platforms of healthy accounts, the usual ones first and more often. */
export const PLATFORMS = ['微信公众号', '微信公众号', '微信公众号', '微信公众号', '微信公众号', '新浪微博', '头条号', '抖音号'] as const;

export const POST_TITLES = [
  '工作动态：召开季度工作推进会', '便民提示：窗口服务时间调整', '政策速递：惠企措施一图看懂', '关于做好近期工作的通知', '一线风采：干部下沉社区', '回应关切：热点问题解答', '天气与出行提醒', '招聘公告', '项目建设进展', '科普：生活小常识',
] as const;
