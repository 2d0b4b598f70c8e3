/** Grey lines where text will be; said once to screen readers. `rows` = how many. */
export function LoadingState({ rows = 5 }: { readonly rows?: number }) {
  return (
    <div className="loading" role="status">
      <span className="only-read">正在读取……</span>
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move.
        <div key={at} className="loading-line" />
      ))}
    </div>
  );
}
