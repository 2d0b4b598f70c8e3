import { parseDocument } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { readGuides } from './read-guide.ts';

const FOOTER = `<div class="foot"><p>地址：某市人民路1号 联系电话：0731-1234567 办公时间：9:00-17:00</p>
<p>主办单位：某局 湘ICP备05000001号 网站标识码：4300000041</p></div>`;
const page = (body: string) =>
  parseDocument(
    `<html><body><div class="header"><a href="/">首页</a></div>${body}${FOOTER}</body></html>`,
  );
const missing = (body: string) => readGuides(page(body))[0]!.missing;

const COMPLETE: readonly (readonly [string, string])[] = [
  [
    'table of label and value',
    `<table><tr><td>事项名称</td><td>身份证办理</td><td>设定依据</td><td>居民身份证法</td></tr>
   <tr><td>申请条件</td><td colspan=3>本市户籍</td></tr><tr><td>申请材料</td><td colspan=3>户口簿</td></tr>
   <tr><td>办理地点</td><td>政务大厅</td><td>办公时间</td><td>9:00-17:00</td></tr>
   <tr><td>咨询电话</td><td>0731-1</td><td>办理流程</td><td><img src="f.png"></td></tr></table>`,
  ],
  [
    'dl',
    '<dl><dt>项目名称</dt><dd>A</dd><dt>办理依据</dt><dd>法</dd><dt>受理条件</dt><dd>成年</dd><dt>申报材料</dt><dd>表</dd><dt>受理地点</dt><dd>厅</dd><dt>受理时间</dt><dd>工作日</dd><dt>联系方式</dt><dd>1</dd><dt>办理程序</dt><dd>交</dd></dl>',
  ],
  [
    'Chinese numbering',
    '<h2>事项名称：甲</h2><p>一、设立依据</p><p>《法》第一条</p><p>二、办理条件</p><p>（一）成年</p><p>三、所需材料</p><p>1.身份证</p><p>2.照片</p><p>四、办公地址</p><p>一号楼</p><p>五、工作时间</p><p>周一至周五</p><p>六、咨询电话</p><p>0731-1</p><p>七、办事流程</p><p>受理—审核—办结</p>',
  ],
  [
    'brackets and br',
    '【事项名称】甲<br>【法律依据】法<br>【申请条件】无<br>【办理材料】无<br>【办理地址】厅<br>【服务时间】早九点<br>【窗口电话】1<br>【流程图】见图<br>',
  ],
  [
    'lines with colon',
    '<p>服务名称：甲</p><p>实施依据：法</p><p>申报条件：成年</p><p>提交材料：表</p><p>窗口地址：厅　办公时间：9点　联系电话：1</p><p>办理步骤：交表</p>',
  ],
  [
    'label and value in one run',
    '<ul><li><span>事项名称</span><span>甲</span></li><li><span>设定依据</span><span>法</span></li><li><b>受理条件</b>成年</li><li><b>申请材料</b>表</li><li><b>办理时间和地点</b>厅，9点</li><li><b>咨询电话</b>1</li><li><b>办理流程</b>交</li></ul>',
  ],
  [
    'div pairs',
    ['事项名称', '设定依据', '申请条件', '办理材料', '办理地点', '办理时间', '联系电话', '办理流程']
      .map((l) => `<div class=r><div class=k>${l}</div><div class=v>答案</div></div>`)
      .join(''),
  ],
  [
    'tab heads with panes',
    `<h1>甲</h1><p>事项名称：甲</p><ul class="tabs">${['设定依据', '申请条件', '办理材料', '办理地点', '办理时间', '联系电话', '办理流程'].map((l) => `<li>${l}</li>`).join('')}</ul>${'<div class=pane>这里是内容</div>'.repeat(7)}`,
  ],
];

describe('readGuides', () => {
  test.each(COMPLETE)('finds all elements: %s', (_name, body) => {
    expect(missing(body)).toEqual([]);
  });

  test('the footer does not answer', () => {
    expect(missing('<p>事项名称：甲</p><p>申请条件：成年</p>')).toEqual([
      '设定依据',
      '办理材料',
      '办理地点',
      '办理时间',
      '联系电话',
      '办理流程',
    ]);
  });

  test('an empty value and a time limit are no answer', () => {
    const body =
      '<table><tr><td>事项名称</td><td>甲</td></tr><tr><td>设定依据</td><td></td></tr><tr><td>办理地点</td><td>略</td></tr><tr><td>联系电话</td><td>暂无</td></tr><tr><td>承诺时限</td><td>5个工作日</td></tr><tr><td>监督电话</td><td>12345</td></tr></table>';
    expect(missing(body)).toEqual([
      '设定依据',
      '申请条件',
      '办理材料',
      '办理地点',
      '办理时间',
      '联系电话',
      '办理流程',
    ]);
  });

  test('one item per row of a table with column heads', () => {
    const body =
      '<table><tr><th>序号</th><th>事项名称</th><th>设定依据</th><th>办理材料</th><th>联系电话</th></tr><tr><td>1</td><td>甲</td><td>法</td><td>表</td><td>1</td></tr><tr><td>2</td><td>乙</td><td></td><td></td><td></td></tr></table>';
    const guides = readGuides(page(body));
    expect(guides.map((guide) => guide.title)).toEqual(['甲', '乙']);
    expect(guides.map((guide) => guide.missing.length)).toEqual([4, 7]);
  });
});
