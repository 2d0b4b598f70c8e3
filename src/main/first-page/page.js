// The first page: progress of a running round and the results of a built bulletin. Everything is written as text, never as HTML.
const $ = (id) => document.getElementById(id);
let selected = '';

async function getJson(path) {
  const response = await fetch(path);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${path}：${response.status}`);
  return response.json();
}

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** Fills a table; a column is [heading, value of a row, class of the cell]. */
function fillTable(table, columns, rows, rowClass = () => '') {
  table.replaceChildren();
  const head = table.createTHead().insertRow();
  for (const [heading] of columns) {
    const cell = element('th', heading);
    cell.scope = 'col';
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    line.className = rowClass(row);
    for (const [, value, className] of columns)
      line.append(element('td', String(value(row) ?? ''), className ?? ''));
  }
  if (rows.length === 0) {
    const cell = element('td', '没有');
    cell.colSpan = columns.length;
    body.insertRow().append(cell);
  }
}

async function listRounds() {
  const rounds = (await getJson('/api/rounds')) ?? [];
  const select = $('rounds');
  select.replaceChildren(
    ...rounds.map((round) =>
      Object.assign(element('option', round.label), { value: round.period }),
    ),
  );
  if (rounds.length === 0) {
    $('state').textContent = '还没有批次。导入名录后运行：xunjian round run --period 2020Q3 ……';
    return;
  }
  if (!rounds.some((round) => round.period === selected)) selected = rounds[0].period;
  select.value = selected;
  await showRound();
}

async function showRound() {
  const round = await getJson(`/api/rounds/${encodeURIComponent(selected)}`);
  if (!round) return;
  const clock = round.clock === 'replay' ? '补采' : '实时';
  $('state').textContent =
    `${round.label}：${round.stateWords}。采样时间 ${round.window.join(' 至 ')}，规则集 ${round.ruleset}，${clock}。`;
  if (round.progress) showProgress(round.progress);
  const bulletin = await getJson(`/api/v1/bulletins/${encodeURIComponent(selected)}`);
  $('result').hidden = !bulletin;
  if (bulletin) showBulletin(bulletin);
}

function showProgress(progress) {
  if (progress.period !== selected) return;
  const percent = progress.total > 0 ? Math.floor((progress.done / progress.total) * 100) : 0;
  $('progress').hidden = false;
  const bar = document.querySelector('.bar');
  bar.setAttribute('aria-valuenow', String(percent));
  bar.firstElementChild.style.width = `${percent}%`;
  const left =
    progress.etaSeconds === null || progress.stage === '完成'
      ? ''
      : `，约剩 ${progress.etaSeconds} 秒`;
  $('progress-words').textContent =
    `${progress.stage} ${percent}%（${progress.done} / ${progress.total}）：访问 ${progress.probes} 次，页面 ${progress.pages} 个，每秒 ${progress.pagesPerSecond} 页，信源 ${progress.feeds} 个${left}`;
}

const problems = (row) => row.problems.join('；');

function showBulletin(bulletin) {
  $('draft').hidden = !bulletin.isDraft;
  const card = (value, words) => {
    const made = element('div', undefined, 'card');
    made.append(element('b', value), element('span', words));
    return made;
  };
  $('cards').replaceChildren(
    card(bulletin.printed.sitePassRate, '政府网站合格率'),
    card(`${bulletin.sitesTotal.failing} / ${bulletin.sitesTotal.checked}`, '有问题 / 检查的网站'),
    card(bulletin.printed.accountPassRate, '政务新媒体合格率'),
    card(
      `${bulletin.accountsTotal.failing} / ${bulletin.accountsTotal.checked}`,
      '有问题 / 检查的新媒体',
    ),
  );
  const files = $('files');
  files.replaceChildren('下载：');
  for (const name of bulletin.files ?? []) {
    const link = element('a', name);
    link.href = `/api/v1/bulletins/${encodeURIComponent(selected)}/files/${encodeURIComponent(name)}`;
    files.append(link, '　');
  }
  const unitColumns = [
    ['单位', (row) => row.unit],
    ['实际运行', (row) => row.running, 'number'],
    ['检查', (row) => row.checked, 'number'],
    ['有问题', (row) => row.failing, 'number'],
    ['占检查数', (row) => row.ratio, 'number'],
  ];
  const failing = (row) => (row.failing > 0 ? 'failing' : '');
  fillTable(
    $('sites-by-unit'),
    unitColumns,
    [...bulletin.sitesByUnit, bulletin.sitesTotal],
    failing,
  );
  fillTable(
    $('accounts-by-unit'),
    unitColumns,
    [...bulletin.accountsByUnit, bulletin.accountsTotal],
    failing,
  );
  fillTable(
    $('failing-sites'),
    [
      ['单位', (row) => row.unit],
      ['网站', (row) => row.name],
      ['突出问题', problems],
      ['网站标识码', (row) => row.siteCode],
    ],
    bulletin.failingSites,
  );
  fillTable(
    $('failing-accounts'),
    [
      ['单位', (row) => row.unit],
      ['账号', (row) => row.name],
      ['突出问题', problems],
      ['代表主体', (row) => row.operator],
      ['平台', (row) => row.platform],
      ['最后更新', (row) => row.lastUpdatedPrinted],
    ],
    bulletin.failingAccounts,
  );
  $('undetermined-box').hidden = bulletin.undetermined.length === 0;
  fillTable(
    $('undetermined'),
    [
      ['单位', (row) => row.unit],
      ['对象', (row) => row.name],
      ['指标', (row) => row.rule],
      ['原因', (row) => row.reason],
    ],
    bulletin.undetermined,
  );
}

$('rounds').addEventListener('change', (event) => {
  selected = event.target.value;
  $('progress').hidden = true;
  showRound().catch(report);
});

const report = (error) => {
  $('state').textContent = `读取失败：${error.message}。请确认服务仍在运行，然后刷新。`;
};

const events = new EventSource('/api/progress');
events.addEventListener('progress', (event) => {
  const progress = JSON.parse(event.data);
  if (selected === '') listRounds().catch(report);
  else showProgress(progress);
  if (progress.stage === '完成') showRound().catch(report);
});
listRounds().catch(report);
// A bulletin is built after the round's last progress; a slow poll finds it.
setInterval(() => listRounds().catch(report), 10_000);
