const PLAN = "M3 9.5V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2h-8v-9.5h4.5M13 3v7.5M3 13.5V21a2 2 0 0 0 2 2h4.5M20.8 13.5H23";

/** The mark: the plan of an office in one line. */
export function PlanoMark({ size = 26 }: { size?: number }): React.JSX.Element {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" fill="none" stroke="var(--p-blue-text)" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={PLAN} />
    </svg>
  );
}
