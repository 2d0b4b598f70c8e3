import type { PathOf } from '../api/types.ts';
import { useChange } from '../hooks/use-change.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';

interface RemoveFileProps {
  readonly name: string;
  readonly remove: () => Promise<unknown>;
  readonly refreshes: readonly PathOf<'get'>[];
}

/** Takes an attached file off. */
export function RemoveFile({ name, remove, refreshes }: RemoveFileProps) {
  const detach = useChange({ change: remove, doneWords: '已去掉', refreshes });
  return (
    <ConfirmButton
      size="small"
      danger
      loading={detach.isPending}
      question={`去掉“${name}”？`}
      consequence="附件会被删除；需要时再附一次。"
      confirmWords="去掉"
      onConfirm={() => detach.mutateAsync()}
    >
      去掉
    </ConfirmButton>
  );
}
