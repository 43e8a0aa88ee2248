export default function ResetPage(): React.JSX.Element {
  return <main id="main" />;
}
