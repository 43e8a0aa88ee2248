export default function AppearancePage(): React.JSX.Element {
  return <main id="main" />;
}
