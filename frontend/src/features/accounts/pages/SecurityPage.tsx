export default function SecurityPage(): React.JSX.Element {
  return <main id="main" />;
}
