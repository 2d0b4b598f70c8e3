/** Kinds of lists in a lexicon file, told by their columns. */
export type LexiconSheet = 'terms' | 'names' | 'roles' | 'words';

export type LexiconField =
  | 'wrong'
  | 'right'
  | 'name'
  | 'kind'
  | 'person'
  | 'post'
  | 'organ'
  | 'rank'
  | 'word'
  | 'class'
  | 'severity'
  | 'validFrom'
  | 'validTo'
  | 'exceptions';

/** Words by which a column is known, as English key or Chinese heading. */
const HEADINGS: Readonly<Record<LexiconField, readonly string[]>> = {
  wrong: ['wrong', '错误写法', '错误', '错误表述', '错词', '不规范表述', '错误用语'],
  right: [
    'right',
    'correct',
    'suggestion',
    '正确写法',
    '正确',
    '正确表述',
    '建议',
    '正词',
    '规范表述',
    '建议用语',
  ],
  name: ['name', 'protected', '保护名称', '受保护名称', '规范名称', '名称'],
  kind: ['kind', 'type', '名称种类', '种类', '类型'],
  person: ['person', '姓名', '人员'],
  post: ['post', 'title', 'position', '职务'],
  organ: ['organ', 'organization', '单位', '机构', '任职单位'],
  rank: ['rank', 'order', '排序', '次序', '排名'],
  word: ['word', '词语', '专用词'],
  class: ['class', 'category', '类别', '分类', '问题类别'],
  severity: ['severity', 'level', '严重程度', '级别', '程度'],
  validFrom: ['validfrom', 'from', 'start', '生效日期', '起始日期', '任职日期', '开始日期', '起'],
  validTo: ['validto', 'to', 'end', '失效日期', '截止日期', '离任日期', '结束日期', '止'],
  exceptions: ['exceptions', 'exception', '例外', '例外词', '例外表述'],
};

/** The list that a row of headings begins, or null when it is none. */
export function sheetKind(headings: readonly string[]): LexiconSheet | null {
  const known = new Set(headings.map(fieldOf));
  if (known.has('wrong')) return 'terms';
  if (known.has('person') && known.has('post')) return 'roles';
  if (known.has('name')) return 'names';
  return known.has('word') ? 'words' : null;
}

/** Places of the known columns. In a table of persons 名称 and in a table of terms `name` mean nothing: they stay unused. */
export function fieldsOf(
  headings: readonly string[],
  _kind: LexiconSheet,
): readonly (readonly [at: number, field: LexiconField])[] {
  return headings.flatMap((heading, at) => {
    const field = fieldOf(heading);
    return field === null ? [] : [[at, field] as const];
  });
}

function fieldOf(heading: string): LexiconField | null {
  const plain = heading
    .trim()
    .replace(/[_\s-]/g, '')
    .toLowerCase();
  for (const [field, words] of Object.entries(HEADINGS))
    if (words.includes(plain)) return field as LexiconField;
  return null;
}
