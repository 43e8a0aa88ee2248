export default function MembersPage(): React.JSX.Element {
  return <main id="main" />;
}
