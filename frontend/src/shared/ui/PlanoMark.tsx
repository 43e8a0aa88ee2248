/** The mark: the plan of an office in one line. */
export function PlanoMark({ size = 26 }: { size?: number }): React.JSX.Element {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" fill="none" stroke="var(--p-blue-text)" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d="M3.500 10.500V5.500a2 2 0 0 1 2-2H14v7.500M14 3.500h8.500a2 2 0 0 1 2 2v6.500M24.500 16v6.500a2 2 0 0 1-2 2H14v-8.500h5M3.500 14.500v8a2 2 0 0 0 2 2h5M3.500 14.500h6" />
    </svg>
  );
}
