export default function SettingsLayout(): React.JSX.Element {
  return <main id="main" />;
}
