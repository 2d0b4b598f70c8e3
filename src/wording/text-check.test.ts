import { beforeAll, describe, expect, it } from 'vitest';
import type { TextChecker, TextToCheck } from '../derive/text/check-text.ts';
import type { Lexicon } from '../derive/text/lexicon.ts';
import { openTextChecker, readSeedLexicon } from './load-resources.ts';
import { parseLexicon } from './parse-lexicon.ts';

const OWN = {
  id: 'own',
  version: '7',
  terms: [
    {
      wrong: '环境保护部',
      right: '生态环境部',
      class: 'organ',
      severity: 'serious',
      validFrom: '2018-03-17',
    },
    {
      wrong: '共合',
      right: '共和',
      class: 'own',
      severity: 'veto',
      exceptions: ['公共合作', '共合社'],
    },
    { wrong: '可使', right: '可是', class: 'typo', severity: 'ordinary' },
  ],
  names: [
    { name: '湖南省人民政府', kind: '机构' },
    { name: '杜家毫', kind: '人名' },
  ],
  roles: [
    { person: '杜家毫', post: '省长', organ: '湖南省', from: '2013-04-01', to: '2016-09-30' },
    { person: '杜家毫', post: '省委书记', organ: '湖南', from: '2016-08-31', to: '2020-11-20' },
    { person: '许达哲', post: '省长', organ: '湖南省', from: '2016-09-30', to: '2020-11-20' },
  ],
};

let checker: TextChecker;
let own: Lexicon;
beforeAll(async () => {
  own = await parseLexicon(new TextEncoder().encode(JSON.stringify(OWN)), 'own.json');
  checker = await openTextChecker([await readSeedLexicon(), own]);
});

const AT = '2020-09-17';

function lines(raw: string, more: Partial<TextToCheck> = {}): string[] {
  const { findings } = checker.check({ raw, at: AT, ...more });
  return findings.map(({ text, suggestion, class: kind }) => `${kind}:${text}>${suggestion}`);
}

describe('wrong expressions', () => {
  it.each([
    ['国名音近', '中华人民共合国', 'protectedName:中华人民共合国>中华人民共和国'],
    ['国名多字', '中华人民民共和国成立', 'protectedName:中华人民民共和国>中华人民共和国'],
    ['国名漏字', '中华人共和国的公民', 'protectedName:中华人共和国>中华人民共和国'],
    ['国名颠倒', '中华民人共和国宪法', 'protectedName:中华民人共和国>中华人民共和国'],
    ['后半颠倒', '中华人共民和国', 'protectedName:中华人共民和国>中华人民共和国'],
    ['五笔近邻', '扫黑险恶势力专项斗争', 'protectedName:扫黑险恶>扫黑除恶'],
    ['字间空格', '中 华 人 民 共 合 国', 'protectedName:中 华 人 民 共 合 国>中华人民共和国'],
    ['零宽字符', '中华人\u200b民共合国', 'protectedName:中华人\u200b民共合国>中华人民共和国'],
    ['姓名音同', '杜家豪同志出席', 'protectedName:杜家豪>杜家毫'],
    ['姓名漏字', '会上，杜家强调', 'protectedName:杜家>杜家毫'],
    ['词库', '走向共合', 'own:共合>共和'],
  ])('%s', (_name, raw, expected) => {
    expect(lines(raw)).toEqual([expected]);
  });

  it.each([
    ['别省的机构', '海南省人民政府、河南省人民政府与云南省人民政府签署协议。'],
    ['跨词', '中国院士、公共合作、不可使用、我国院校。'],
    ['例外', '共合社成立。'],
    ['正确的名称连在一起', '中华人民共和国国务院、全国人民代表大会常务委员会。'],
    ['中共产主义', '中国共产主义青年团和中国共产党'],
    ['村名', '杜家村的村民'],
    ['未到生效日期', '环境保护部', '2016-01-01'],
  ])('不报：%s', (_name, raw, at = AT) => {
    expect(lines(raw, { at })).toEqual([]);
  });

  it('词条在生效以后才算', () => {
    expect(lines('环境保护部', { at: '2018-03-17' })).toEqual(['organ:环境保护部>生态环境部']);
    expect(lines('环境保护部', { at: null })).toEqual([]);
  });
});

describe('posts', () => {
  it.each([
    ['当时的职务', '省长杜家毫主持会议', '2015-06-01', []],
    ['已不任', '省长杜家毫主持会议', '2018-06-01', ['role:省长杜家毫>湖南省委书记杜家毫']],
    ['表里写明已卸任，没有接任的', '省长许达哲调研', '2022-01-01', ['role:省长许达哲>']],
    ['原任', '原省长杜家毫', '2018-06-01', []],
    ['没有日期', '省长杜家毫主持会议', null, []],
    ['表外的职务', '县长杜家毫', '2018-06-01', []],
  ] as const)('%s', (_name, raw, at, expected) => {
    expect(lines(raw, { at })).toEqual(expected);
  });
});

describe('formats', () => {
  it.each([
    [
      '没有的日期',
      '2021年2月30日、2020年2月29日、2021年13月',
      ['date:2021年2月30日>', 'date:2021年13月>'],
    ],
    ['到某日为止', '公示期至2月30日止，1至13月份', ['date:2月30日>']],
    ['农历', '农历2月30日，13月龄儿童', []],
    ['短横日期', '发布时间：2021-02-30', ['date:2021-02-30>']],
    ['汉字日期', '二〇二一年二月三十日', ['date:二〇二一年二月三十日>']],
    ['文号方括号', '湘政发[2021]5号', ['documentNumber:发[2021]5号>发〔2021〕5号']],
    ['文号第字', '湘政办发〔2021〕第05号', ['documentNumber:发〔2021〕第05号>发〔2021〕5号']],
    ['案号不是文号', '（2021）湘01民初5号', []],
    ['重字', '我我们认真研究', ['repeated:我我>我']],
    ['重字不是错', '为了了解情况，人民民主，天天看看，的士司机的的士，稳定和和平', []],
    ['缺右书名号', '印发《实施方案的通知。', ['punctuation:《>']],
    ['编号的括号', '1）申请；2）受理；（一）范围', []],
    ['大小写金额', '人民币壹拾万元整（¥10,000.00）', ['amount:人民币壹拾万元整（¥10,000.00）>']],
    ['千分位', '投资12,34,567元', ['amount:12,34,567>1234567']],
  ] as const)('%s', (_name, raw, expected) => {
    expect(lines(raw)).toEqual(expected);
  });
});

describe('personal data and internal marks', () => {
  it.each([
    ['身份证', '身份证号430102199003077716', ['personalData:430102199003077716>']],
    ['校验位不对', '编号430102199003077717', []],
    ['掩去的', '43010219900307****', []],
    ['个人手机', '户主张某，电话13812345678', ['personalData:13812345678>']],
    ['办公电话', '咨询电话：13812345678', []],
    ['银行卡', '卡号6222020200112230007', []],
    ['银行卡，校验位成立', '卡号6222021234567890128', ['personalData:6222021234567890128>']],
    ['密级', '机密★1年', ['internalMark:机密★1年>']],
    ['内部资料', '内部资料 不得外传', ['internalMark:内部资料不得外传>']],
    ['说到机密的句子', '依法保守国家机密和工作秘密', []],
  ] as const)('%s', (_name, raw, expected) => {
    expect(lines(raw).map((line) => line.replaceAll(' ', ''))).toEqual(expected);
  });
});

describe('HTML', () => {
  it('an entry of the menu named like a letter makes no letter of the article', () => {
    const raw = '<ul><li><a href="/">咨询留言</a></li></ul><p>公示期至2月30日止，请贯切落实。</p>';
    expect(lines(raw).map((line) => line.split(':')[0])).toEqual(['date', 'typo']);
  });

  it('offsets point into the raw page, entities and tags included', () => {
    const raw =
      '<title>通知</title><p>😀&nbsp;中华人<b>民共</b>&#21512;国，<script>共合国</script></p>';
    const { findings } = checker.check({ raw, at: AT });
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    expect([...raw].slice(finding!.start, finding!.end).join('')).toBe(finding!.text);
    expect(finding!.text).toBe('中华人<b>民共</b>&#21512;国');
  });

  it.each([
    ['标题加重', '<h1>做好贯切工作</h1>', 'serious'],
    ['正文', '<p>做好贯切工作</p>', 'ordinary'],
  ])('%s', (_name, raw, severity) => {
    expect(checker.check({ raw, at: AT }).findings.map((one) => one.severity)).toEqual([severity]);
  });

  it.each([
    ['代码', '<pre>贯切</pre>'],
    ['来信', '<div>来信内容：</div><p>请贯切落实</p><div>回复内容：</div><p>已办理</p>'],
    ['引用', '<p>有人说“贯切落实”。</p>'],
    ['说明写错了', '<p>“贯切”应为“贯彻”。</p>'],
    ['并排的链接', '<h3><a href="/">政务要闻</a> <a href="/m">更多</a></h3>'],
    ['并排的链接，没有空格', '<h3><a href="/">政务要闻</a><a href="/m">更多</a></h3>'],
    ['地址', '<p>http://www.x.gov.cn/2021-02-30/</p>'],
  ])('不报：%s', (_name, raw) => {
    expect(lines(raw)).toEqual([]);
  });
});
