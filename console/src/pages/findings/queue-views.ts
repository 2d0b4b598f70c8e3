/** The views of the queue: what is waiting for whom. Pure; the names stand in the address. */
export const QUEUE_VIEWS = [
  { value: 'waiting', label: '等我审核', query: { status: 'breached', mine: 'waiting' } },
  { value: 'once', label: '等第二人', query: { status: 'breached', review: 'once' } },
  { value: 'undetermined', label: '无法判定', query: { status: 'undetermined', review: 'open' } },
  { value: 'contested', label: '有申辩', query: { contested: 'open' } },
  { value: 'decided', label: '我审过的', query: { mine: 'decided' } },
  { value: 'all', label: '全部', query: {} },
] as const;

export type QueueViewName = (typeof QUEUE_VIEWS)[number]['value'];

/** Filters beside the view; `id` is the finding that is open and no filter. */
export const QUEUE_FILTERS = [
  'view',
  'period',
  'status',
  'review',
  'kind',
  'ruleId',
  'unitId',
  'contested',
  'mine',
  'q',
];

const STATES = ['status', 'review', 'contested', 'mine'] as const;

/** The view of an address. One that names a state itself is shown as it says, among all. */
export function viewOf(
  filters: Readonly<Record<string, string>>,
  isReviewer: boolean,
): QueueViewName {
  const named = QUEUE_VIEWS.find(({ value }) => value === filters.view);
  if (named) return named.value;
  const asksForState = STATES.some((name) => filters[name] !== undefined);
  return asksForState || !isReviewer ? 'all' : 'waiting';
}

/** The query of the list endpoint; the view's own conditions win over what stands beside it. */
export function queueQuery(
  query: Readonly<Record<string, string | number>>,
  view: QueueViewName,
): Record<string, string | number> {
  const { view: _, ...rest } = query;
  return { ...rest, ...QUEUE_VIEWS.find(({ value }) => value === view)?.query };
}
