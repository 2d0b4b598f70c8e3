/**
 * What a sponsor does about a breached rule, by rule id: 国办秘函〔2019〕19号 in the words of a task, one text a rule. Points and
 * deadlines of rules that are 待核 are left out: they are the ruleset's to say.
 */
const TEXTS: Readonly<Record<string, string>> = {
  'site.veto.security.expression':
    '立即改正或撤下有严重表述错误的内容，核对同一稿件在其他栏目、附件和转载处的表述；落实先审后发、三审三校，改正后保存前后对照备查。',
  'site.veto.security.secret':
    '立即断开涉密页面和附件的访问并保护现场，不要自行下载、转发或反复打开；马上报告保密行政管理部门，按其要求处置，清除缓存、镜像和搜索引擎快照。',
  'site.veto.security.illegal-content':
    '立即删除违规内容或链接；外链所指的域名已失效或被他人注册的，全站排查并清除，检查页面源码里有没有暗链；建立外链定期核查和离站提示。',
  'site.veto.security.attack':
    '立即处置被篡改、挂马的页面，保留日志，报告公安机关和网信部门；修补漏洞、更换口令、完成等级保护测评和整改后再恢复。',
  'site.veto.security.fake':
    '改回真实的发布时间和数据，说明弄虚作假的原因和责任人；发布系统关闭随意修改发稿日期的权限，并保留修改记录。',
  'site.veto.security.opinion':
    '及时回应公众关切，说明事实和处置情况；改正引起舆情的管理问题，报告主管单位，并完善舆情监测和应急预案。',
  'site.veto.unreachable':
    '检查域名解析、服务器、带宽、证书和防火墙：首页要在15秒内打开，连续1周每天20次以上的访问中失败不得达到5%。打不开的时刻见证据；误拦截监测访问的，请把监测说明页列出的地址加入白名单。确已停办的网站，按规定申请关停并更新名录。',
  'site.veto.home-stale':
    '首页至少每两周发布一次有真实发布时间的信息；首页只是栏目导航的，保证二级页面按期更新。稿件页要标明发布时间，未标明的视为不更新；置顶旧稿、滚动日期不算更新。',
  'site.veto.column-stale.key':
    '更新证据所列的栏目：动态、要闻类两周内要有新内容，通知公告、政策文件类一级栏目六个月内要有新内容。长期没有内容来源的栏目，归并或关闭后在网站地图里同步去掉。',
  'site.veto.column-stale.should':
    '逐个处理证据所列的栏目：有内容来源的补充更新并明确更新周期和责任人，没有的归并到相近栏目或关闭，不留“僵尸”栏目。',
  'site.veto.column-stale.blank':
    '给证据所列的空白栏目补上内容，或取消栏目入口；正在建设的栏目建好再开放，不用“建设中”“暂无内容”占位。',
  'site.veto.interaction.no-channel':
    '在首页提供网上咨询建言的入口（如领导信箱、咨询留言），网民能够提交并查询答复；网上信访、纪检举报等专门渠道不能代替。入口要能正常打开和提交。',
  'site.veto.interaction.unanswered':
    '逐条答复证据所列的留言并公开答复时间和内容；指定专人每天查看留言，一般问题在规定工作日内答复，超过3个月未答复即判为不合格。',
  'site.veto.service.none':
    '有对外服务职能的，提供办事服务栏目或一体化政务服务平台的有效入口，能找到本单位的事项和办事指南；没有对外服务职能的，请在名录里更正，并报主管单位确认。',
  'site.veto.service.guide5':
    '补全证据所列事项的办事指南：事项名称、设定依据、申请条件、办理材料、办理地点、办理时间、联系电话、办理流程；内容在政务服务平台的，保证从本网站能直接到达该事项。',
  'site.veto.service.guide-all':
    '事项不足5个的，每个事项都要补全办事指南：事项名称、设定依据、申请条件、办理材料、办理地点、办理时间、联系电话、办理流程。',
  'media.veto.security.expression':
    '立即删除或更正有严重表述错误的内容（平台不支持修改的，删除后重发并说明）；落实先审后发，转载内容同样核对。',
  'media.veto.security.secret':
    '立即删除涉密内容并保护现场，不要转发；马上报告保密行政管理部门，按其要求处置。',
  'media.veto.security.illegal-content':
    '立即删除违规内容或链接，检查菜单、自动回复和历史文章里的外链；收回不明人员的发布权限。',
  'media.veto.security.opinion':
    '及时回应公众关切并处置不当内容，报告主管单位；完善选题、审核和评论管理。',
  'media.veto.stale.two-weeks':
    '账号两周内至少发布一次内容；人手不足、受众很少或与其他账号重复的，按规定申请关停或整合，停用前公告并更新名录。',
  'media.veto.stale.app':
    '恢复移动客户端的下载和使用，更新内容；不再使用的，按规定下架、注销，公告用户并更新名录。',
  'media.veto.interaction.none':
    '开通并维护留言、评论、私信或菜单咨询中的至少一种，指定专人回复；自动回复要能解决问题或转给人工，测试留言应在规定工作日内得到回复。',
  'media.veto.interaction.fake':
    '停止购买“粉丝”、强制点赞转发等做法，清理虚假数据，说明情况和责任人；考核不以粉丝量、点赞量为依据。',
  'portal.deduct.overview': '开设概况信息栏目，内容准确并随变化更新，与权威口径核对。',
  'portal.deduct.functions':
    '开设机构职能栏目，机构设置、职责、地址、电话、负责人与“三定”规定一致。',
  'portal.deduct.leaders': '开设领导信息栏目，姓名、职务、简历、分工齐全，任免后及时更新。',
  'portal.deduct.news': '动态要闻类栏目两周内至少更新一次。',
  'portal.deduct.policy-files':
    '开设政策文件栏目，一级栏目六个月内至少更新一次，文件标明文号和日期。',
  'portal.deduct.interpretation': '开设政策解读栏目并及时更新，解读材料与文件相互链接。',
  'portal.deduct.interpretation-ratio': '对应当解读的文件同步制作、发布解读材料。',
  'portal.deduct.other-columns': '补齐空白栏目、更新应更新的栏目；没有内容来源的归并或关闭。',
  'portal.deduct.items': '办事服务事项集中、分类展示，每个事项点开都有内容。',
  'portal.deduct.guide': '补全办事指南的要素，各事项按同一模板发布。',
  'portal.deduct.guide-accuracy':
    '办事指南与实际办理一致：地点、时间、电话、材料、收费有变化当天更新。',
  'portal.deduct.forms': '办事指南提到的表格、样表都提供下载，附件能打开。',
  'portal.deduct.stats': '公开办事统计数据，三个月内至少更新一次。',
  'portal.deduct.submit': '修复互动栏目的提交功能，保证网民能正常提交并查询。',
  'portal.deduct.messages-open':
    '持续公开网民留言和答复，两个月内至少有一条新的答复公开；确实没有新留言的，说明情况备查。',
  'portal.deduct.messages-open.fields': '公开留言时标明留言时间、答复时间、答复单位和答复内容。',
  'portal.deduct.messages-open.stats': '定期公开留言受理、反馈情况的统计数据。',
  'portal.deduct.reply': '按规定工作日答复网民咨询，答复要针对问题、准确有用。',
  'portal.deduct.surveys': '提供在线征集调查渠道（不以电子邮件代替），按要求开展并公开结果反馈。',
  'portal.deduct.domain-name': '使用规范的 .gov.cn 域名，网站名称在头部标识区规范展示。',
  'portal.deduct.marks':
    '在页面底部列明党政机关网站标识、网站标识码、ICP备案号、公安机关备案号、主办单位和联系方式，标识能链接到证书页。',
  'portal.deduct.find-error':
    '在首页底部规范添加“我为政府网站找错”入口，链接带本站标识码并能打开。',
  'portal.deduct.availability': '修复或删除打不开、打开错误的链接、图片和附件，定期全站检查。',
  'portal.deduct.search': '提供可用的全站搜索，能搜到本站内容，结果分类展现。',
  'portal.deduct.single-login': '各功能板块统一注册、一次登录。',
  'portal.deduct.tags': '按规范补全站点、栏目、内容页的页面标签。',
  'portal.deduct.compat': '在主流浏览器里检查显示和使用，修复不兼容的页面。',
  'portal.deduct.ipv6': '完成首页和主要页面的IPv6改造，解析AAAA记录并保证可以访问。',
  'portal.bonus.release': '重要数据定期更新，提供图表和下载。',
  'portal.bonus.response': '用多种形式解读政策，及时回应社会关切。',
  'portal.bonus.service': '办事服务与一体化政务服务平台深度融合。',
  'portal.bonus.quick-reply': '对简单常见的咨询在1个工作日内准确答复。',
  'portal.bonus.surveys': '按要求的次数开展在线征集调查并反馈结果。',
  'site.notice.domain-suffix':
    '改用以 .gov.cn 结尾的英文域名或“.政务”中文域名，旧域名跳转过来，并更新名录。',
  'site.notice.domain-leaves':
    '首页不跳转到政府网站域名以外；确需使用其他平台的，在本网站域名下提供入口。',
  'site.notice.domain-portal': '门户网站使用“www.×××.gov.cn”形式的域名。',
  'site.notice.domain-below-portal':
    '部门网站使用本级政府或上级部门门户的下级域名，变更前先报主管单位，变更后更新名录。',
  'site.notice.marks':
    '在首页底部列齐党政机关网站标识、找错入口、网站标识码、主办单位、联系方式、ICP备案号、公安机关备案号，图标要能打开。',
  'site.notice.marks-inner': '栏目页、内容页使用与首页相同的底部模板。',
  'site.notice.site-code':
    '核对页脚、SiteIDCode 标签、找错入口参数和名录里的网站标识码，以报送系统登记的为准改成一致。',
  'site.notice.page-tags': '在模板里补上站点标签 SiteName、SiteDomain、SiteIDCode 和栏目标签。',
  'site.notice.page-tags-more':
    '在模板里补全栏目页、内容页的其余标签，PubDate 写成“2020-09-29 10:30”的形式。',
  'site.notice.ipv6': '为首页域名解析 AAAA 记录，保证用 IPv6 打开的内容与 IPv4 相同。',
  'site.notice.https': '开通 HTTPS，并把 HTTP 访问跳转到 HTTPS。',
  'site.notice.certificate': '更换过期、域名不符或自签的证书，装全中间证书，到期前更新。',
  'site.notice.load': '压缩首页的图片和脚本、启用缓存和压缩传输，使首页在3秒内打开。',
  'site.notice.ads': '删除商业广告和广告脚本，检查第三方统计、分享组件是否带入广告。',
  'site.notice.leaving': '链接到非政府网站时，先提示即将离开本网站。',
  'site.notice.reprint-24h': '在24小时内转载指定的重要信息，并在首页显著位置展示。',
  'media.notice.one-per-platform':
    '同一平台保留一个账号，功能相近的整合，不用的公告后注销并更新名录；确需多个的，说明理由备查。',
  'media.notice.zombie': '能恢复的恢复更新；无力维护的按规定申请关停、注销，停用前公告并更新名录。',
  'media.notice.update': '按本地规定的期限更新；确有困难的，向主管单位说明。',
  'media.notice.original': '增加本单位工作和服务的原创内容，不只是转载。',
  'media.notice.ads': '删除商业广告和带广告的链接、组件，检查代运营单位的发布权限。',
  'media.notice.name': '改回登记的名称，或先办变更备案再更新名录。',
  'media.notice.certified': '按平台要求以本单位名义办理认证，认证到期前续期。',
  'media.notice.operator': '把认证主体改为登记的代表主体；登记有误的，办理变更备案并更新名录。',
  'media.notice.gone': '核实账号是否已注销、冻结或改名；确已停用的补办注销备案并更新名录。',
  'media.notice.closed-posting': '停止发布并在平台上注销账号；要恢复使用的，先办理备案并更新名录。',
  'media.notice.township': '乡镇、街道的账号整合到上级账号；确需保留的，补齐批准手续。',
  'media.notice.comments': '指定专人查看评论，对咨询、投诉逐条答复，答复要针对问题。',
  'media.notice.mini-program': '恢复小程序的访问和使用；不再使用的，按规定下架、注销并更新名录。',
  'portal.bonus.innovation': '改进智能搜索、智能问答、无障碍等功能。',
};

/** For a rule that an office added itself. */
const OTHERWISE = '请对照条文逐处改正，改正后保留前后对照；对条文的理解有疑问的，向主管单位询问。';

/** What to do about a rule, for the sponsor; never empty. */
export function howToFix(ruleId: string): string {
  return TEXTS[ruleId] ?? OTHERWISE;
}

export function hasFixOf(ruleId: string): boolean {
  return ruleId in TEXTS;
}
