import { describe, expect, it } from 'vitest';
import { pageSays } from './page-says.ts';
import { readSight } from './read-sight.ts';

function says(body: string, title = ''): string | null {
  const html = `<html><head><title>${title}</title></head><body>${body}</body></html>`;
  const page = readSight({ contentType: 'text/html', body: new TextEncoder().encode(html) });
  return page === null ? null : (pageSays(page)?.statement ?? null);
}

/** Wordings that the labelled set does not hold: written after the rules, and not tuned to. */
describe('what a page says of itself', () => {
  it.each([
    ['您要访问的内容已经被删除或者不存在', 'missing'],
    ['抱歉，找不到您请求的页面', 'missing'],
    ['非常抱歉！您访问的页面可能已经移除', 'missing'],
    ['您输入的网址有误，请核对后重新输入', 'missing'],
    ['温馨提示：该页面已不存在', 'missing'],
    ['您浏览的网页暂时不可用', 'missing'],
    ['Sorry, the page you requested was not found.', 'missing'],
    ['此页面不存在或已被管理员删除', 'missing'],
    ['访问被拒绝，您的IP已被加入黑名单', 'barred'],
    ['为了保障网站安全，请完成人机验证', 'barred'],
    ['您当前所在地区无法访问本站', 'elsewhere'],
    ['本网站已于2019年关停', 'closed'],
    ['该站点已经停止服务', 'closed'],
    ['Welcome to nginx!', 'closed'],
    ['服务器正在维护中', 'maintenance'],
    ['本域名正在转让', 'parked'],
    ['Whitelabel Error Page', 'error'],
    ['该信息已过期，无法查看。', 'missing'],
    ['对不起，该信息正在审核中，暂时无法查看', 'missing'],
    ['该内容已被发布者删除', 'missing'],
    ['此帐号已自主注销，内容无法查看', 'missing'],
    ['该页无法显示', 'missing'],
    ['没有此栏目！', 'missing'],
    ['文章ID错误', 'missing'],
    ['Server Error 404 - File or directory not found.', 'missing'],
    ['{"code":404,"msg":"页面不存在"}', 'missing'],
    ['HTTP状态 404 - 未找到 类型 状态报告 源服务器未能找到目标资源的表示', 'error'],
    ['系统发生错误，请联系管理员', 'error'],
    ["Microsoft OLE DB Provider for SQL Server 错误 '80004005'", 'error'],
    ['当前环境异常，完成验证后即可继续访问。', 'barred'],
    ['您没有权限查看该信息', 'barred'],
    ['您的请求已被该站点的安全策略拦截', 'barred'],
    ['请输入验证码继续访问', 'barred'],
    [
      '文档不存在</p><p>主办：某县人民政府办公室　联系电话：0000-0000000　备案号：某ICP备00000000号',
      'missing',
    ],
    ['Warning: mysql_connect(): Access denied for user in /inc/db.php on line 12', 'error'],
  ])('%s: %s', (words, statement) => {
    expect(says(`<p>${words}</p>`)).toBe(statement);
  });
  it.each([
    ['a section being built', '<h2>领导信息</h2><p>栏目建设中</p>'],
    ['a lapsed notice', '<h1>招聘公告</h1><p>报名时间已过期</p>'],
    ['a search without results', '<p>共查询出0条记录，没有找到相关信息</p>'],
    [
      'a list with a 404th row',
      '<table><tr><td>404</td><td>张三</td></tr><tr><td>405</td><td>李四</td></tr></table>',
    ],
    [
      'a letter on a link',
      '<p>留言：你们网站的链接错误，点击后显示页面不存在。</p><p>答复：已更正。</p>',
    ],
    ['a warning that quotes', '<p>收到“您的账户访问异常，请完成验证”的短信，请勿点击。</p>'],
    ['a rule on foreigners', '<p>境外人员不能访问涉密场所。</p>'],
    ['a hint on a file', '<p>如该附件无法打开，请安装阅读软件。</p>'],
    ['a repealed rule', '<h1>管理办法</h1><p>该文件已失效</p>'],
    ['a list with a road', '<ul><li>404国道改扩建工程开工</li><li>县乡公路养护</li></ul>'],
    ['a table of contacts', '<table><tr><td>电话有误请拨打</td><td>8888</td></tr></table>'],
    ['advice on fraud', '<p>境外来电不明链接不要访问，以免受骗。</p>'],
    ['a legal notice', '<p>任何单位不得限制境外投资者依法参与</p>'],
    ['a hint on domains', '<p>本站域名：www.x.gov.cn</p>'],
    ['an upgrade of a road', '<h1>人民路</h1><p>人民路升级改造工程进展顺利</p>'],
  ])('nothing: %s', (_name, body) => {
    expect(says(body, '青阳县人民政府')).toBeNull();
  });
  it.each([
    ['县旅游网关停公告', '<p>旅游网站已于2020年12月31日关闭，内容迁移至门户网站。</p>'],
    ['防范假冒网站的提醒', '<p>有人称“此域名出售”，请勿相信。</p>'],
    ['外网访问情况说明', '<p>公文系统仅限政务外网访问。</p>'],
    ['来访登记工作通报', '<p>部分人员访问被拒绝，门卫登记即可。</p>'],
    ['系统错误怎么办', '<p>提示系统错误时，请拨打12333。</p>'],
    ['关于整治网页不存在问题的通知', '<p>请各单位于月底前完成。</p>'],
  ])('nothing: a page that tells of it under its own heading: %s', (heading, body) => {
    expect(says(`<h1>${heading}</h1>${body}`, `${heading}-某县人民政府`)).toBeNull();
  });
  it('what stands under 公告 or in the heading itself is said of the page', () => {
    expect(says('<p>本网站已于2019年关停</p>', '公告')).toBe('closed');
    expect(says('', '您访问的页面不存在，请联系管理员说明情况')).toBe('missing');
  });
  it('is heard when a script says it in a box', () => {
    expect(says('<script>alert("该信息不存在或已被删除！");history.back();</script>')).toBe(
      'missing',
    );
  });
  it('is found in hostile text too, whose patterns never end', () => {
    const hostile = ['您访问的页面', '抱歉页面', '网站升级', '境外访问', '请求被'];
    const words = hostile.map((part) => part.repeat(20_000)).join('');
    expect(says(`<p>${words}</p>`, words)).toBeNull();
  });
});
