import { drawFrom } from './draw.ts';
import type { SiteModel } from './site-model.ts';

const PROVINCES: Readonly<Record<string, string>> = {
  11: '京',
  12: '津',
  13: '冀',
  14: '晋',
  15: '蒙',
  21: '辽',
  22: '吉',
  23: '黑',
  31: '沪',
  32: '苏',
  33: '浙',
  34: '皖',
  35: '闽',
  36: '赣',
  37: '鲁',
  41: '豫',
  42: '鄂',
  43: '湘',
  44: '粤',
  45: '桂',
  46: '琼',
  50: '渝',
  51: '川',
  52: '黔',
  53: '滇',
  54: '藏',
  61: '陕',
  62: '甘',
  63: '青',
  64: '宁',
  65: '新',
};

const CONAC_SCRIPT = 'dcs.conac.cn/js/19/000/0000/60447105/CA190000000604471050001.js';
const CONAC_SHOW = 'bszs.conac.cn/sitename?method=show&id=081A2C4F0F4B0B2EE053012819AC2E5B';

function writeMark(model: SiteModel): string {
  switch (model.traits.mark) {
    case 'script':
      return `<script type="text/javascript">document.write(unescape("%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript src='https://${CONAC_SCRIPT}' type='text/javascript'%3E%3C/script%3E"));</script>`;
    case 'split':
      return `<script type="text/javascript">var mk="ht"+"tp://"+"dcs.conac.cn";document.write("<span id='_ideConac'></span><script src='"+mk+"/js/19/000/0000/60447105/CA190000000604471050001.js'><\\/script>");</script>`;
    case 'link':
      return `<a href="https://${CONAC_SHOW}" target="_blank"><img src="//dcs.conac.cn/image/red.png" alt="党政机关"></a>`;
    case 'image':
      return '<a href="#"><img src="/assets/images/red.png" alt="党政机关"></a>';
    case 'none':
      return '';
  }
}

function writeFindError(model: SiteModel): string {
  const code = model.plan.siteCode;
  switch (model.traits.findError) {
    case 'script':
      return `<script id="_jiucuo_" sitecode="${code}" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>`;
    case 'link':
      return `<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=${code}&url=http%3A%2F%2F${model.plan.host}%2F"><img src="/assets/images/jiucuo.png" alt="政府网站找错"></a>`;
    case 'onclick':
      return `<a href="javascript:;" onclick="Link('${code}')"><img src="/assets/images/jiucuo.png"></a>`;
    case 'old':
      return `<a href="http://pucha.kaipuyun.cn/exposure/jiucuo.html?site_code=${code}"><img src="/assets/images/jiucuo.png"></a>`;
    case 'none':
      return '';
  }
}

/** The lines of the page's foot. Contact lines stand here on purpose: they are no part of any service guide. */
function footerLines(model: SiteModel): string[] {
  const { plan } = model;
  const draw = drawFrom(plan.seed, 'footer');
  const short = PROVINCES[plan.siteCode.slice(0, 2)] ?? '京';
  const number = String(draw.int(5_000_000, 20_999_999)).padStart(8, '0');
  const region = /^\d{6}/.exec(plan.siteCode)?.[0] ?? '110000';
  const police = `${region}02${String(draw.int(0, 999_999)).padStart(6, '0')}`;
  const code = draw.pick([
    `网站标识码：${plan.siteCode}`,
    `政府网站标识码 ${plan.siteCode}`,
    `网站标识码 ${plan.siteCode}`,
    `网站标识码:<span>${plan.siteCode}</span>`,
  ]);
  const first = draw.int(2003, 2012);
  const icp = `${short}ICP备${number}号${draw.pick(['', '-1', '-2'])}`;
  const icpText = draw.chance(0.3)
    ? icp.replace('备', '备<span>').replace(/号.*$/, '</span>$&')
    : icp;
  return [
    `<p><a href="/wzdt.html">网站地图</a> | <a href="/lxwm.html">联系我们</a> | <a href="/wzsm.html">网站声明</a></p>`,
    `<p>主办单位：${plan.sponsor}　地址：${plan.place}人民路${draw.int(1, 399)}号　电话：0${draw.int(710, 799)}-${draw.int(2_000_000, 8_999_999)}</p>`,
    `<p>版权所有 &copy; ${first}-${first + draw.int(2, 8)} ${plan.sponsor}</p>`,
    `<p><a href="https://beian.miit.gov.cn/" target="_blank">${icpText}</a>　${code}</p>`,
    `<p><a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=${police}"><img src="/assets/images/ga.png">${short}公网安备 ${police}号</a></p>`,
  ];
}

const asScriptText = (line: string): string =>
  line.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('</script', '<\\/script');

/** The foot of a page: written out, by lines of script in the page, or by a script file of the site. */
export function writeFooter(model: SiteModel): string {
  const marks = `<div class="marks">${writeMark(model)}${writeFindError(model)}</div>`;
  if (model.traits.footer === 'script') {
    return `<div class="footer"><script type="text/javascript" src="/assets/js/footer.js"></script>${marks}</div>`;
  }
  if (model.traits.footer === 'writeln') {
    const lines = footerLines(model).map((line) => `document.writeln("${asScriptText(line)}");`);
    return `<div class="footer"><script type="text/javascript">\n${lines.join('\n')}\n</script>${marks}</div>`;
  }
  return `<div class="footer">\n${footerLines(model).join('\n')}\n${marks}</div>`;
}

/** The file `/assets/js/footer.js`. */
export function writeFooterScript(model: SiteModel): string {
  return footerLines(model)
    .map((line) => `document.write("${asScriptText(line)}");`)
    .join('\n');
}
