import { Select } from 'antd';
import { type ReactNode, useState } from 'react';

export const PAGE_SIZE = 20;

/** Which class and which page of a list are wanted; another class begins at its first page. */
export function useClassPages<Class extends string>() {
  const [page, setPage] = useState(1);
  const [wanted, setWanted] = useState<Class | null>(null);
  const want = (name: Class | undefined): void => {
    setWanted(name ?? null);
    setPage(1);
  };
  const query = {
    ...{ limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
    ...(wanted === null ? {} : { class: wanted }),
  };
  return { page, setPage, wanted, want, query };
}

interface ClassSelectProps<Class extends string> {
  readonly label: string;
  readonly classes: readonly Class[];
  readonly wanted: Class | null;
  readonly words: (name: Class) => string;
  readonly onChange: (name: Class | undefined) => void;
}

export function ClassSelect<Class extends string>(props: ClassSelectProps<Class>) {
  const { label, classes, wanted, words, onChange } = props;
  return (
    <Select<Class>
      aria-label={label}
      allowClear
      placeholder="全部类别"
      value={wanted}
      options={classes.map((name) => ({ value: name, label: words(name) }))}
      onChange={onChange}
    />
  );
}

/** What is inside is made, and asked for, when it is folded out. */
export function Folded({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="more" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen && children}
    </details>
  );
}
