export default function WorkspaceSettingsPage(): React.JSX.Element {
  return <main id="main" />;
}
