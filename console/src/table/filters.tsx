import { Input, Select, TreeSelect } from 'antd';
import { useEffect, useId, useMemo, useState } from 'react';
import { useGet } from '../hooks/use-get.ts';
import type { ListQuery } from '../hooks/use-list-query.ts';
import { useCan } from '../hooks/use-session.ts';
import { unitTree } from '../util/unit-tree.ts';

interface FilterProps {
  readonly list: ListQuery;
  /** The filter's name in the address and in the endpoint's query. */
  readonly name: string;
  readonly label: string;
}

const TYPING_PAUSE_MS = 350;

/** Full-text search: asked when the typing pauses or on Enter. */
export function SearchFilter({ list, name, label }: FilterProps) {
  const id = useId();
  const asked = list.filters[name] ?? '';
  const [text, setText] = useState(asked);
  useEffect(() => setText(asked), [asked]);
  useEffect(() => {
    if (text === asked) return;
    const timer = setTimeout(() => list.setFilters({ [name]: text.trim() }), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, asked, list, name]);
  return (
    <>
      <label htmlFor={id} className="only-read">
        {label}
      </label>
      <Input.Search
        id={id}
        className="filter-search"
        placeholder={label}
        allowClear
        maxLength={80}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onSearch={(value) => list.setFilters({ [name]: value.trim() })}
      />
    </>
  );
}

interface Option {
  readonly value: string;
  readonly label: string;
}

interface SelectFilterProps extends FilterProps {
  /** Choices, or choices under a heading each. */
  readonly options: readonly (
    | Option
    | { readonly label: string; readonly options: readonly Option[] }
  )[];
  readonly loading?: boolean;
  readonly width?: number;
}

export function SelectFilter(props: SelectFilterProps) {
  const { list, name, label, options, loading = false, width = 132 } = props;
  const choices = options.flatMap((each) => ('options' in each ? each.options : [each]));
  return (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      showSearch={choices.length > 12 ? { optionFilterProp: 'label' } : false}
      style={{ width }}
      popupMatchSelectWidth={false}
      value={list.filters[name] ?? null}
      options={options.map((each) =>
        'options' in each ? { ...each, options: [...each.options] } : each,
      )}
      loading={loading}
      onChange={(value: string | null) => list.setFilters({ [name]: value ?? undefined })}
    />
  );
}

/** Options of a closed list from its words (util/words.ts). */
export function optionsOf(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

/** A unit and everything below it. */
export function UnitFilter({ list, name, label }: FilterProps) {
  const seesUnits = useCan()('registry.read');
  const { data, isLoading } = useGet('/api/v1/units', {}, { enabled: seesUnits });
  const tree = useMemo(() => unitTree(data?.items ?? []), [data]);
  const chosen = list.filters[name];
  if (!seesUnits) return null;
  return (
    <TreeSelect
      aria-label={label}
      placeholder={label}
      allowClear
      style={{ width: 190 }}
      popupMatchSelectWidth={320}
      treeData={tree}
      fieldNames={{ label: 'name', value: 'id', children: 'children' }}
      showSearch={{ treeNodeFilterProp: 'name' }}
      loading={isLoading}
      value={chosen === undefined ? null : Number(chosen)}
      onChange={(id: number | null | undefined) =>
        list.setFilters({ [name]: id ? String(id) : undefined })
      }
    />
  );
}

/** The browser's own date field: phones have a better one than any script, and a list loads a tenth less. */
export function DateFilter({ list, name, label }: FilterProps) {
  return (
    <label className="filter-date">
      {label}
      <input
        type="date"
        min="2000-01-01"
        max="2099-12-31"
        value={list.filters[name] ?? ''}
        onChange={(event) => list.setFilters({ [name]: event.target.value })}
      />
    </label>
  );
}

/** A condition that holds or is not asked for. */
export function FlagFilter({
  list,
  name,
  label,
  value,
}: FilterProps & {
  /** What stands in the address when it is asked for. */
  readonly value: string;
}) {
  return (
    <label className="filter-flag">
      <input
        type="checkbox"
        checked={list.filters[name] === value}
        onChange={(event) => list.setFilters({ [name]: event.target.checked ? value : undefined })}
      />
      {label}
    </label>
  );
}
