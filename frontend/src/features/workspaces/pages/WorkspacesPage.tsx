export default function WorkspacesPage(): React.JSX.Element {
  return <main id="main" />;
}
